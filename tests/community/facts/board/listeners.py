"""One listener a lane. Each waits for as long as its file, `hold-ours` or `hold-world`, lies in the data directory."""

import time
from pathlib import Path

from django.conf import settings
from django.core.mail import send_mail

from community.facts.listeners import WORLD, listens
from community.facts.models import Fact
from community.mail.models import Mail
from tests.community.facts.board.facts import NotePinned


@listens(NotePinned)
def echo(fact: Fact) -> None:
    Mail.objects.create(to="echo@frontline.example", language="en", kind="echo", subject=str(fact.ids["note_id"]))
    wait_while_held("ours")


@listens(NotePinned, lane=WORLD)
def mail(fact: Fact) -> None:
    wait_while_held("world")
    send_mail(f"Note {fact.ids['note_id']}", "A note was pinned.", None, ["ana@frontline.example"])


def wait_while_held(lane: str) -> None:
    while (Path(settings.DATA_DIR) / f"hold-{lane}").exists():
        (Path(settings.DATA_DIR) / f"held-{lane}").touch()
        time.sleep(0.02)
