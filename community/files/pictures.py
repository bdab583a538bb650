"""Pictures are decoded in a process apart: what harms a decoder harms nothing else, and what takes long is stopped."""

import json
import logging
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from django.conf import settings

from community.files.choices import Purpose, Refusal
from community.files.contents import NotTaken

SECONDS = 24  # by the clock: with what a scanner may take, well under the time limit of a delivery
WIDTHS = {Purpose.ATTACHMENT: [480, 960, 1920, 3840], Purpose.PHOTO: [96, 192, 512]}
log = logging.getLogger(__name__)


@contextmanager
def copies_of(source: Path, purpose: str) -> Iterator[list[tuple[dict[str, Any], Path]]]:
    """What was made of a picture, each with the file it stands in while the context lasts. Raises: NotTaken."""
    limits = {"pixels": settings.IMAGE_PIXELS, "widths": WIDTHS[Purpose(purpose)], "square": purpose == Purpose.PHOTO}
    with tempfile.TemporaryDirectory(prefix="frontline-darkroom-") as folder:
        said = _ask(source, folder, json.dumps(limits))
        if refused := said.get("refused"):
            raise NotTaken(Refusal(refused))
        yield [(copy, Path(folder) / copy["name"]) for copy in said["copies"]]


def _ask(source: Path, folder: str, limits: str) -> dict[str, Any]:
    command = [sys.executable, "-m", "community.files.darkroom", str(source), folder, limits]
    surroundings = {"PATH": "/usr/bin:/bin", "HOME": folder, "TMPDIR": folder}  # and none of our secrets
    try:
        done = subprocess.run(  # noqa: S603 - our own module, by our own Python
            command, cwd=settings.BASE_DIR, env=surroundings, capture_output=True, timeout=SECONDS, check=False
        )
        answer: dict[str, Any] = json.loads(done.stdout) if done.returncode == 0 else {"refused": Refusal.BROKEN}
    except subprocess.TimeoutExpired:
        return {"refused": Refusal.BROKEN}
    if done.returncode:
        log.warning("the darkroom ended with %s: %s", done.returncode, done.stderr[-500:])
    return answer
