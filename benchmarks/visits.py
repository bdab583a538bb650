"""The requests that members and guests make."""

from collections.abc import Sequence
from http.client import HTTPConnection
from urllib.parse import urlencode
from uuid import uuid4

from benchmarks.load import Request, get

CSRF = "a" * 32
BODY = "We keep two keys, one with the night guard, and walk the gullies before each warning. " * 4


def as_member(port: int, path: str, session: str) -> Request:
    return get(port, path, f"Cookie: sessionid={session}")


def insist_signed_in(port: int, path: str, sessions: Sequence[str]) -> None:
    """A session that nobody believes gets a guest's page, and a reply by it the way to the sign-in: both look well.

    Raises: SystemExit.
    """
    for session in sessions:
        line = HTTPConnection("localhost", port)
        line.request("GET", path, headers={"Cookie": f"sessionid={session}"})
        if b"data-member=" not in line.getresponse().read():
            raise SystemExit("a session of the benchmark is no member's")
        line.close()


def cold(port: int, path: str) -> Request:
    """As Django answers it: an unknown parameter passes the kept pages by."""
    return get(port, f"{path}?cold=1")


def reply(port: int, paths: Sequence[str], sessions: Sequence[str]) -> Request:
    """A reply to one thread after the other, by one member after the other."""

    def request(number: int) -> bytes:
        form = {"body": f"{BODY} {number}", "token": uuid4().hex, "csrfmiddlewaretoken": CSRF, "language": "en"}
        body = urlencode(form)
        lines = [
            f"POST {paths[number % len(paths)]} HTTP/1.1",
            f"Host: localhost:{port}",
            f"Cookie: sessionid={sessions[number % len(sessions)]}; csrftoken={CSRF}",
            "Content-Type: application/x-www-form-urlencoded",
            f"Content-Length: {len(body)}",
        ]
        return ("\r\n".join(lines) + "\r\n\r\n" + body).encode()

    return request
