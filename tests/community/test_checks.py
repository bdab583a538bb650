"""Production starts right or not at all. Each start is a process of its own, with an environment of its own."""

import json
import os
import re
import secrets
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ImproperlyConfigured

from community.checks import insist_on_one_video_server, is_origin, is_weak

ROOT = Path(__file__).parents[2]
STRONG = secrets.token_urlsafe(64)
START = "import django; django.setup(); print('started')"
SHOW_HEADERS = """
import django, json
django.setup()
from django.apps import apps
from django.conf import settings
from django.core.management import call_command
from django.test import Client
settings.MIGRATION_MODULES = {app.label: None for app in apps.get_app_configs()}  # tables at once: servers migrate
call_command("migrate", verbosity=0, interactive=False, run_syncdb=True)
call_command("collectstatic", verbosity=0, interactive=False)
client = Client(headers={"host": "frontline.example"})
answer = client.get("/account/login/", secure=True)
plain = client.get("/account/login/")
print(json.dumps({
    "status": answer.status_code,
    "headers": {name.lower(): value for name, value in answer.headers.items()},
    "cookies": {name: dict(morsel) for name, morsel in answer.cookies.items()},
    "session": [settings.SESSION_COOKIE_SECURE, settings.SESSION_COOKIE_HTTPONLY, settings.SESSION_COOKIE_SAMESITE],
    "unencrypted": [plain.status_code, plain.headers.get("Location", "")],
}))
"""


def start(
    data_dir: Path, *arguments: str, python: tuple[str, ...] = (), **variables: str
) -> subprocess.CompletedProcess[str]:
    """A production process with these variables and no others."""
    wanted = {"SECRET_KEY": STRONG, "PUBLIC_ORIGIN": "https://frontline.example"} | variables
    environment = {name: value for name, value in wanted.items() if value}
    environment |= {
        "PATH": os.environ["PATH"],
        "DATA_DIR": str(data_dir),
        "DJANGO_SETTINGS_MODULE": "community.settings",
    }
    return subprocess.run(
        [sys.executable, *python, *(arguments or ("-c", START))],
        cwd=ROOT,
        env=environment,
        capture_output=True,
        text=True,
        check=False,
        timeout=100,
    )


def test_production_starts_with_a_secret_and_an_origin(tmp_path: Path) -> None:
    told = start(tmp_path)

    assert (told.returncode, told.stdout) == (0, "started\n"), told.stderr


@pytest.mark.parametrize(
    ("variables", "names"),
    [
        ({"SECRET_KEY": ""}, "SECRET_KEY"),
        ({"SECRET_KEY": "short"}, "SECRET_KEY"),
        ({"SECRET_KEY": "a" * 80}, "SECRET_KEY"),
        ({"SECRET_KEY": "abcdefghijklmnopqrstuvwxyz" * 2}, "SECRET_KEY"),
        ({"SECRET_KEY": "django-insecure-" + STRONG}, "SECRET_KEY"),
        ({"DEBUG": "1"}, "DEBUG"),
        ({"PUBLIC_ORIGIN": ""}, "PUBLIC_ORIGIN"),
        ({"PUBLIC_ORIGIN": "http://frontline.example"}, "PUBLIC_ORIGIN"),
        ({"PUBLIC_ORIGIN": "https://*"}, "PUBLIC_ORIGIN"),
        ({"PYTHONOPTIMIZE": "1"}, "PYTHONOPTIMIZE"),
        ({"REDIS_URL": "foo"}, "REDIS_URL"),
        ({"EMAIL_URL": "mail.example:587"}, "EMAIL_URL"),
    ],
)
def test_production_refuses_and_names_the_variable(tmp_path: Path, variables: dict[str, str], names: str) -> None:
    told = start(tmp_path, **variables)

    assert told.returncode != 0
    reason = told.stderr.strip().splitlines()[-1]
    assert reason.startswith("django.core.exceptions.ImproperlyConfigured: ")
    assert names in reason


def test_production_refuses_python_without_assertions(tmp_path: Path) -> None:
    told = start(tmp_path, python=("-O",))

    assert told.returncode != 0
    assert "Start Python without -O" in told.stderr


def test_the_demonstration_starts_with_nothing_set_and_keeps_its_secret(tmp_path: Path) -> None:
    told = start(tmp_path, DEMONSTRATION="1", SECRET_KEY="", PUBLIC_ORIGIN="")

    assert told.returncode == 0, told.stderr
    kept = tmp_path / "secret"
    assert not is_weak(kept.read_text())
    assert kept.stat().st_mode & 0o077 == 0


def test_mail_goes_where_the_readme_says_that_it_can(tmp_path: Path) -> None:
    addresses = re.findall(r"`((?:submission|smtp)://[^`]+)`", (ROOT / "README.md").read_text())
    show = "import django; django.setup(); from django.core.mail import get_connection as get; mail = get(); "
    show += "print(mail.host, mail.port, mail.use_tls)"

    told = [start(tmp_path, "-c", show, EMAIL_URL=address).stdout for address in addresses]

    assert told == ["host 587 True\n", "host 25 False\n"]


def test_djangos_own_check_for_deployment_finds_nothing(tmp_path: Path) -> None:
    told = start(tmp_path, "manage.py", "check", "--deploy", "--fail-level", "WARNING")

    assert told.returncode == 0, told.stderr
    assert "no issues" in told.stdout


@pytest.mark.parametrize(
    "origin", ["https://a.example", "https://a.example:8443", "http://localhost:8000", "http://[::1]:80"]
)
def test_an_origin_is_scheme_host_and_port(origin: str) -> None:
    assert is_origin(origin)


@pytest.mark.parametrize(
    "origin",
    [
        "",
        "a.example",
        "https://",
        "https://a.example/b",
        "https://u@a.example",
        "ftp://a.example",
        "https://*.a.example",
    ],
)
def test_anything_else_is_no_origin(origin: str) -> None:
    assert not is_origin(origin)


@pytest.fixture(scope="module")
def page(tmp_path_factory: pytest.TempPathFactory) -> dict[str, Any]:
    """The sign-in page as production sends it."""
    told = start(tmp_path_factory.mktemp("production"), "-c", SHOW_HEADERS)
    assert told.returncode == 0, told.stderr
    shown: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return shown


def test_a_page_in_production_carries_every_protection(page: dict[str, Any]) -> None:
    headers = page["headers"]
    policy = headers["content-security-policy"]
    assert page["status"] == 200
    assert "unsafe" not in policy
    assert "default-src 'none'" in policy
    assert "script-src 'self';" in policy + ";"
    assert "style-src 'self';" in policy + ";"
    assert "frame-ancestors 'none'" in policy
    assert "base-uri 'none'" in policy
    assert headers["strict-transport-security"] == "max-age=63072000; includeSubDomains; preload"
    assert headers["referrer-policy"] == "same-origin"
    assert headers["x-content-type-options"] == "nosniff"
    assert headers["x-frame-options"] == "DENY"
    assert headers["cross-origin-opener-policy"] == "same-origin"
    assert all(f"{sense}=()" in headers["permissions-policy"] for sense in ("camera", "microphone", "geolocation"))
    assert page["unencrypted"] == [301, "https://frontline.example/account/login/"]


def test_cookies_in_production_travel_encrypted_and_unseen_by_scripts(page: dict[str, Any]) -> None:
    assert page["session"] == [True, True, "Lax"]
    assert page["cookies"], "the sign-in page sets the form's cookie"
    for cookie in page["cookies"].values():
        assert (cookie["secure"], cookie["httponly"], cookie["samesite"]) == (True, True, "Lax")


@pytest.mark.parametrize(
    ("jitsi", "bigbluebutton", "secret", "names"),
    [
        ("https://meet.example", "https://video.example/bigbluebutton/", "s", "JITSI_URL or BIGBLUEBUTTON_URL"),
        ("", "https://video.example/bigbluebutton/", "", "BIGBLUEBUTTON_SECRET"),
        ("", "", "s", "BIGBLUEBUTTON_URL"),
        ("", "http://video.example/bigbluebutton/", "s", "BIGBLUEBUTTON_URL to an https"),
        ("meet.example", "", "", "JITSI_URL to an https"),
    ],
)
def test_video_servers_that_do_not_fit_are_named(jitsi: str, bigbluebutton: str, secret: str, names: str) -> None:
    with pytest.raises(ImproperlyConfigured, match=names):
        insist_on_one_video_server(jitsi=jitsi, bigbluebutton=bigbluebutton, secret=secret)


def test_one_video_server_or_none_fits() -> None:
    insist_on_one_video_server(jitsi="", bigbluebutton="", secret="")
    insist_on_one_video_server(jitsi="https://meet.example", bigbluebutton="", secret="")
    insist_on_one_video_server(jitsi="", bigbluebutton="https://video.example/bigbluebutton/", secret="s")


def test_a_database_without_tables_is_named_with_what_to_do(tmp_path: Path) -> None:
    told = start(tmp_path, "manage.py", "serve", "--port", "0")

    assert told.returncode == 1
    assert "run python manage.py migrate first" in told.stderr and "Traceback" not in told.stderr


@pytest.mark.parametrize("variables", [{"PORT": "abc"}, {"DATABASE_URL": "foo"}, {"DEMONSTRATION": "maybe"}])
def test_what_cannot_be_read_is_named_in_one_line(tmp_path: Path, variables: dict[str, str]) -> None:
    told = start(tmp_path, "manage.py", "check", **variables)

    [line] = told.stderr.strip().splitlines()
    assert told.returncode == 1 and next(iter(variables)) in line


def test_this_machine_may_ask_each_process_of_a_site_how_it_is(tmp_path: Path) -> None:
    asked = (
        "from django.test import Client; print(Client(headers={'host': '127.0.0.1:8001'}).get('/healthz').status_code)"
    )

    told = start(tmp_path, "-c", f"import django; django.setup(); {asked}")

    assert told.stdout == "200\n"
