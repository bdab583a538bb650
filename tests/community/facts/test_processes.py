"""Servers as they run, killed and hindered."""

import http.client
import os
import random
import socket
import subprocess
import sys
import threading
import time
import uuid
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.community.facts.site import HERE, Site, free_port, wait_until
from tests.once import DATABASE_URL

pytestmark = [pytest.mark.processes]
KILLS = 6


@pytest.fixture
def site_of(tmp_path: Path) -> Iterator[Callable[..., Site]]:
    sites: list[Site] = []

    def make(**environment: str) -> Site:
        sites.append(Site(tmp_path, **environment))
        return sites[-1]

    yield make

    for site in sites:
        site.clear_away()


@pytest.mark.parametrize("lane", ["ours", "world"])
def test_a_process_killed_between_commit_and_delivery_loses_nothing(site_of: Callable[..., Site], lane: str) -> None:
    site = site_of()
    holds = [site.data / f"hold-{each}" for each in ("ours", "world") if each in (lane, "world")]
    for hold in holds:
        hold.touch()
    site.start()
    note = site.pin("a")
    wait_until((site.data / f"held-{lane}").exists)

    site.kill_all()
    effects_at_the_kill = site.mails(), site.rows("SELECT subject FROM mail_mail") if lane == "ours" else []
    for hold in holds:
        hold.unlink()
    if DATABASE_URL:
        site.forget_leases()  # on SQLite a server that starts alone frees them itself
    site.start()
    wait_until(lambda: site.undone("ours") + site.undone("world") == 0)

    assert effects_at_the_kill == ([], [])
    assert site.rows("SELECT subject FROM mail_mail") == [(str(note),)]
    assert site.mails() == [f"Note {note}"]
    assert set(site.stop()) == {0}
    assert site.log() == ""


def test_what_was_posted_without_a_worker_is_delivered_when_one_comes(site_of: Callable[..., Site]) -> None:
    site = site_of()
    site.start(with_worker=False)
    note = site.pin("a")
    site.kill_all()

    done = subprocess.run(
        [sys.executable, "manage.py", "work", "--once"], cwd=HERE, env=site.environment, capture_output=True, timeout=60
    )

    assert (done.returncode, done.stdout, done.stderr) == (0, b"2 carried out\n", b"")
    assert (site.rows("SELECT subject FROM mail_mail"), site.mails()) == ([(str(note),)], [f"Note {note}"])


class Writer(threading.Thread):
    """Posts one note after another; each token again until it is acknowledged."""

    def __init__(self, site: Site, stop: threading.Event) -> None:
        super().__init__(daemon=True)
        self.site, self.told_to_stop = site, stop
        self.acknowledged: dict[str, int] = {}

    def run(self) -> None:
        while not self.told_to_stop.is_set():
            token = uuid.uuid4().hex
            while token not in self.acknowledged:
                try:
                    self.acknowledged[token] = self.site.pin(token)
                except (OSError, http.client.HTTPException):
                    time.sleep(0.02)


def test_killed_at_random_instants_every_acknowledged_post_is_there_exactly_once(site_of: Callable[..., Site]) -> None:
    site, stop = site_of(), threading.Event()
    site.start()
    writers = [Writer(site, stop) for _ in range(4)]
    for writer in writers:
        writer.start()

    for _ in range(KILLS):
        acknowledged = sum(len(writer.acknowledged) for writer in writers)
        wait_until(lambda before=acknowledged: sum(len(writer.acknowledged) for writer in writers) > before + 5)
        time.sleep(random.uniform(0, 0.2))
        victim = random.choice(list(site.processes))
        site.kill(victim)
        site.run(*victim)
    stop.set()
    for writer in writers:
        writer.join(30)
    if DATABASE_URL:
        site.forget_leases()
    wait_until(lambda: site.undone("ours") + site.undone("world") == 0)

    acknowledged = {token: note for writer in writers for token, note in writer.acknowledged.items()}
    notes = dict(site.rows("SELECT slug, id FROM members_organisation"))
    numbers = [seq for (seq,) in site.rows("SELECT seq FROM facts_streamentry WHERE stream = 'board' ORDER BY seq")]
    echoes = Counter(int(subject) for (subject,) in site.rows("SELECT subject FROM mail_mail"))
    assert len(acknowledged) > 5 * KILLS
    assert notes == acknowledged
    assert numbers == list(range(1, len(notes) + 1))
    assert site.rows("SELECT head FROM facts_stream WHERE name = 'board'") == [(len(notes),)]
    assert echoes == Counter(notes.values())
    assert set(site.mails()) == {f"Note {note}" for note in notes.values()}


@pytest.fixture
def hanging_mail_server() -> Iterator[int]:
    """It accepts whoever calls, and never says a word."""
    with socket.create_server(("127.0.0.1", 0), backlog=64) as server:
        yield server.getsockname()[1]


def test_while_the_mail_server_hangs_posting_goes_on_and_so_do_other_deliveries(
    site_of: Callable[..., Site], hanging_mail_server: int
) -> None:
    site = site_of(EMAIL_URL=f"smtp://127.0.0.1:{hanging_mail_server}")
    site.start()
    site.pin("first")
    wait_until(lambda: site.rows("SELECT id FROM facts_delivery WHERE lane = 'world' AND attempts = 1"))

    started = time.monotonic()
    notes = [site.pin(str(number)) for number in range(40)]
    posting_seconds = time.monotonic() - started
    wait_until(lambda: site.undone("ours") == 0, seconds=15)

    assert len(set(notes)) == 40
    assert posting_seconds < 10  # a mail hangs for ten
    assert len(site.rows("SELECT id FROM mail_mail")) == 41
    assert site.undone("world") == 41


def test_told_to_end_a_server_finishes_the_present_delivery(site_of: Callable[..., Site]) -> None:
    site = site_of()
    hold = site.data / "hold-ours"
    hold.touch()
    site.start()
    note = site.pin("a")
    wait_until((site.data / "held-ours").exists)

    threading.Timer(0.5, hold.unlink).start()
    ends = site.stop()

    assert set(ends) == {0}
    assert site.rows("SELECT subject FROM mail_mail") == [(str(note),)]
    assert site.rows("SELECT worker FROM facts_heartbeat") == []
    assert site.log() == ""


def test_a_second_server_on_the_same_port_says_so_and_leaves(site_of: Callable[..., Site]) -> None:
    site = site_of()
    with socket.create_server(("127.0.0.1", free_port())) as taken:
        second = site.command("serve", "--no-worker", "--port", str(taken.getsockname()[1]))

        assert second.wait(60) == 1

    assert "is another server running there?" in site.log()


MAKE_ANA = """
from community.members.models import Member
Member.objects.create_user("ana@frontline.example", handle="ana", name="Ana", is_demonstration=True)
"""


def test_production_refuses_to_start_while_demonstration_accounts_exist(site_of: Callable[..., Site]) -> None:
    site = site_of()
    production = {
        **site.environment,
        "DEMONSTRATION": "0",
        "SECRET_KEY": "".join(random.choices("abcdefghijklmnopqrstuvwxyz0123456789", k=60)),
        "PUBLIC_ORIGIN": "https://frontline.example",
        "PORT": str(free_port()),
        "DJANGO_SETTINGS_MODULE": "community.settings",
    }
    assert site.command("shell", "-v0", "-c", MAKE_ANA).wait(60) == 0
    starts = [["manage.py", "serve"], ["manage.py", "work"], ["-c", "import community.asgi"]]

    refused = [
        subprocess.Popen([sys.executable, *start], cwd=HERE, env=production, stderr=subprocess.PIPE) for start in starts
    ]
    try:
        told = [process.communicate(timeout=60)[1] for process in refused]
    finally:
        for process in refused:  # what was not refused would run on
            process.kill()

    assert [process.returncode for process in refused] == [1, 1, 1]
    assert [b"is_demonstration" in words and b"DATABASE_URL" in words for words in told] == [True, True, True]


def test_the_board_is_no_part_of_the_site() -> None:
    environment = {**os.environ, "DJANGO_SETTINGS_MODULE": "community.settings"}

    printed = subprocess.run(
        [sys.executable, "manage.py", "facts"], cwd=HERE, env=environment, capture_output=True, timeout=60, check=True
    )

    assert b"tests." not in printed.stdout
