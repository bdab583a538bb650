"""The house itself: what is installed, how it is started, what is never in the repository."""

import os
import re
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
LOCKS = ("requirements.txt", "requirements-dev.txt", "requirements-semantic.txt")
PIN = re.compile(r"^([a-z0-9-]+)==(\S+) \\$", re.MULTILINE)


def normal(name: str) -> str:
    return re.sub(r"[-_.]+", "-", name).lower()


def pins(lock: str) -> dict[str, str]:
    return dict(PIN.findall((ROOT / lock).read_text()))


def wanted(*groups: list[str]) -> set[str]:
    return {normal(re.split(r"[\[<>=~!; ]", line, maxsplit=1)[0]) for group in groups for line in group}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_line_of_a_lock_file_is_a_pin_with_hashes(lock: str) -> None:
    text = (ROOT / lock).read_text()

    for block in re.split(r"\n(?=\S)", text.strip()):
        assert re.fullmatch(r"[a-z0-9-]+==\S+( \\\n    --hash=sha256:[0-9a-f]{64})+", block), block


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_file_holds_no_addresses(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text()


def test_what_the_project_wants_is_locked() -> None:
    project = tomllib.loads((ROOT / "pyproject.toml").read_text())["project"]
    runs, extras = project["dependencies"], project["optional-dependencies"]

    assert wanted(runs) - set(pins("requirements.txt")) == set()
    assert wanted(runs, extras["care"]) - set(pins("requirements-dev.txt")) == set()
    assert wanted(runs, extras["semantic"]) - set(pins("requirements-semantic.txt")) == set()


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_tests_and_extras_run_on_what_production_runs_on(lock: str) -> None:
    assert pins("requirements.txt").items() <= pins(lock).items()


def make(*arguments: str, path: str) -> subprocess.CompletedProcess[str]:
    """`make` in a checkout without an environment, with only this PATH."""
    return subprocess.run(
        [shutil.which("make") or "make", *arguments],
        cwd=Path(path).parent,
        env={"PATH": path, "HOME": path},
        capture_output=True,
        text=True,
        check=False,
        timeout=30,
    )


def checkout_with_python(folder: Path, *, body: str) -> str:
    """A bare checkout whose `python3` is this shell script. Returns its PATH."""
    shutil.copy(ROOT / "Makefile", folder / "Makefile")
    (folder / "requirements.txt").touch()
    tools = folder / "tools"
    tools.mkdir()
    for name in ("sh", "id", "nproc", "find", "env", "echo"):
        if found := shutil.which(name):
            (tools / name).symlink_to(found)
    (tools / "python3").write_text(f"#!/bin/sh\n{body}\n")
    (tools / "python3").chmod(0o755)
    return str(tools)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not here")
def test_a_missing_venv_is_answered_by_the_line_to_type(tmp_path: Path) -> None:
    path = checkout_with_python(tmp_path, body='case "$*" in *ensurepip*) exit 1;; *) exit 0;; esac')

    told = make("prepare", path=path)

    assert told.returncode != 0
    assert re.search(r"Type: (sudo )?apt-get install python3-venv\n", told.stdout)


@pytest.mark.skipif(not shutil.which("make"), reason="make is not here")
def test_a_python_that_is_too_old_is_answered_by_the_line_to_type(tmp_path: Path) -> None:
    path = checkout_with_python(tmp_path, body="exit 1")

    told = make("prepare", path=path)

    assert told.returncode != 0
    assert re.search(r"Python 3.11 or newer. Type: (sudo )?apt-get install python3 python3-venv\n", told.stdout)


@pytest.mark.skipif(not shutil.which("bash"), reason="bash is not here")
def test_the_script_of_ci_can_be_read_and_run() -> None:
    script = ROOT / ".ci" / "run"

    told = subprocess.run(["bash", "-n", str(script)], capture_output=True, text=True, check=False, timeout=10)

    assert (told.returncode, told.stderr) == (0, "")
    assert os.access(script, os.X_OK)


def test_code_is_free_of_things_to_do_later() -> None:
    sources = [source for room in ("community", "forums", "webinars", "i18n") for source in (ROOT / room).rglob("*.py")]
    later = re.compile(r"#.*\b(TODO|FIXME|XXX)\b")

    assert [str(source) for source in sources if later.search(source.read_text())] == []


def test_what_needs_a_browser_stands_in_its_folder_and_nothing_else_does() -> None:
    """A round reads no other folder than its own: a test elsewhere would be run by neither."""
    marked = re.compile(r"mark\.browser\b")
    tests = [path for path in (ROOT / "tests").rglob("test_*.py") if path.name != Path(__file__).name]
    in_folder = {path for path in tests if ROOT / "tests" / "browser" in path.parents}

    assert {path for path in tests if marked.search(path.read_text())} <= in_folder
    unmarked = {path.name for path in in_folder if "pytestmark" not in path.read_text()}
    assert unmarked == set()
