"""A virus scanner, where the operator names one: clamd by its address, or any command that reads a file from stdin."""

import shlex
import socket
import struct
import subprocess
from typing import IO
from urllib.parse import urlsplit

from django.conf import settings

SECONDS = 20
PIECE_BYTES = 64 * 1024


class ScannerAway(Exception):
    """It gave no verdict. The file waits, seen by nobody, and is scanned again later."""


def is_infected(content: IO[bytes]) -> bool:
    """False where no scanner is named. Raises: ScannerAway."""
    if not settings.VIRUS_SCAN:
        return False
    if settings.VIRUS_SCAN.startswith("clamd://"):
        return _clamd_finds(content)
    return _command_finds(content)


def _clamd_finds(content: IO[bytes]) -> bool:
    """INSTREAM of clamd's protocol: pieces with their length before them, a length of nought at the end."""
    try:
        with _line() as line:
            line.sendall(b"zINSTREAM\0")
            while piece := content.read(PIECE_BYTES):
                line.sendall(struct.pack("!L", len(piece)) + piece)
            line.sendall(struct.pack("!L", 0))
            verdict = b""
            while not verdict.endswith(b"\0") and (piece := line.recv(4096)):
                verdict += piece
    except OSError as error:
        raise ScannerAway(str(error)) from error
    if verdict.endswith(b"OK\0"):
        return False
    if verdict.endswith(b"FOUND\0"):
        return True
    raise ScannerAway(verdict.decode("utf-8", "replace"))


def _line() -> socket.socket:
    """`clamd://host:3310`, or `clamd:///run/clamav/clamd.ctl`."""
    address = urlsplit(settings.VIRUS_SCAN)
    if address.hostname:
        return socket.create_connection((address.hostname, address.port or 3310), SECONDS)
    line = socket.socket(socket.AF_UNIX, socket.SOCK_STREAM)
    line.settimeout(SECONDS)
    line.connect(address.path)
    return line


def _command_finds(content: IO[bytes]) -> bool:
    """As scanners say it by their status: 0 is clean, 1 is infected, anything else is no verdict."""
    try:
        done = subprocess.run(  # noqa: S603 - the operator's own command
            shlex.split(settings.VIRUS_SCAN), stdin=content, capture_output=True, timeout=SECONDS, check=False
        )
    except (OSError, subprocess.TimeoutExpired) as error:
        raise ScannerAway(str(error)) from error
    if done.returncode in (0, 1):
        return done.returncode == 1
    raise ScannerAway(done.stderr.decode("utf-8", "replace")[-300:])
