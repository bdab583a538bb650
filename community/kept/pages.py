"""A kept page in its forms, and the shelf that keeps pages within bounds."""

import gzip
import time
from collections import Counter, OrderedDict
from dataclasses import dataclass
from hashlib import blake2b

from community.kept.addresses import Asked, Key
from community.live.keep import Note
from community.onehop import Message

SHELF_BYTES = 64 * 1024 * 1024
MOST_STREAMS = 1000
TOO_SMALL_TO_SQUEEZE = 300  # bytes; a packet is no fuller for it
# Each page says these itself, for each reader anew, or for its form.
NOT_KEPT = (b"content-length", b"content-encoding", b"etag", b"vary", b"cache-control", b"x-request-id", b"date")


@dataclass(frozen=True)
class Form:
    """A page in one encoding."""

    etag: bytes
    last_modified: bytes
    start: Message
    body: Message
    not_modified: Message


@dataclass(frozen=True)
class Page:
    plain: Form
    squeezed: Form
    heads: dict[str, int]
    until: float | None  # seconds since 1970
    size: int

    def messages(self, asked: Asked, method: str) -> tuple[Message, Message]:
        form = self.squeezed if asked.takes_gzip else self.plain
        if is_known(asked, form):
            return form.not_modified, EMPTY
        return form.start, EMPTY if method == "HEAD" else form.body


EMPTY: Message = {"type": "http.response.body", "body": b""}


def is_known(asked: Asked, form: Form) -> bool:
    """RFC 9110, 13.2.2: a tag goes before a date. A date is known where it is the very one that we gave."""
    if asked.if_none_match:
        return names(asked.if_none_match, form.etag)
    return bool(form.last_modified) and asked.if_modified_since == form.last_modified


def names(if_none_match: bytes, etag: bytes) -> bool:
    """RFC 9110, 13.1.2: `*`, or a list; strong and weak tags alike, for comparison is weak."""
    if if_none_match.strip() == b"*":
        return True
    return any(tag.strip().removeprefix(b"W/") == etag for tag in if_none_match.split(b","))


def make_page(answer: list[Message], note: Note, path: str) -> Page:
    """Not cheap: it compresses, so call it on a thread."""
    body = b"".join(message.get("body", b"") for message in answer[1:])
    headers = [(name, value) for name, value in answer[0]["headers"] if name.lower() not in NOT_KEPT]
    headers.append((b"Cache-Control", b"no-cache"))
    headers.append((b"Vary", b"Accept-Encoding, Cookie" + (b", Accept-Language" if path == "/" else b"")))
    mark = told_mark(answer[0]) or blake2b(body, digest_size=12).hexdigest()
    plain = make_form(headers, body, f'"{mark}"')
    squeezed = plain
    if len(body) >= TOO_SMALL_TO_SQUEEZE:
        small = gzip.compress(body, 6, mtime=0)
        squeezed = make_form([*headers, (b"Content-Encoding", b"gzip")], small, f'"{mark}-gzip"')
    size = len(plain.body["body"]) + len(squeezed.body["body"]) + 4096
    return Page(plain, squeezed, dict(note.heads), note.until.timestamp() if note.until else None, size)


def told_mark(start: Message) -> str:
    """Of the strong ETag that Django gave, if any: so whoever asks Django again is known there too."""
    etags = [value.decode("latin1") for name, value in start["headers"] if name.lower() == b"etag"]
    return next((etag.strip('"') for etag in etags if not etag.startswith("W/")), "")


def make_form(headers: list[tuple[bytes, bytes]], body: bytes, etag: str) -> Form:
    tag = (b"ETag", etag.encode("ascii"))
    told_again = [header for header in headers if header[0] in (b"Cache-Control", b"Vary", b"Last-Modified")]
    headers = [*headers, tag, (b"Content-Length", str(len(body)).encode("ascii"))]
    return Form(
        etag=tag[1],
        last_modified=next((value for name, value in headers if name == b"Last-Modified"), b""),
        start={"type": "http.response.start", "status": 200, "headers": headers},
        body={"type": "http.response.body", "body": body},
        not_modified={"type": "http.response.start", "status": 304, "headers": [*told_again, tag]},
    )


class Shelf:
    """Pages by key, the longest unread going first; and the heads of the streams that they were made from.

    All on the loop, so no lock is needed.
    """

    def __init__(self, *, most_bytes: int = SHELF_BYTES, most_streams: int = MOST_STREAMS) -> None:
        self.most_bytes, self.most_streams = most_bytes, most_streams
        self.pages: OrderedDict[Key, Page] = OrderedDict()
        self.size = 0
        self.heads: dict[str, int] = {}
        self.uses: Counter[str] = Counter()  # pages on each stream

    def get(self, key: Key) -> Page | None:
        page = self.pages.get(key)
        if page is None:
            return None
        if not self.is_current(page):
            self.drop(key)
            return None
        self.pages.move_to_end(key)
        return page

    def is_current(self, page: Page) -> bool:
        """Whether no stream is known to have stepped since the page was begun."""
        for stream, head in page.heads.items():
            if self.heads.get(stream, head) > head:
                return False
        return page.until is None or time.time() < page.until

    def heads_moved(self, heads: dict[str, int]) -> None:
        for stream in heads.keys() & self.heads.keys():
            self.heads[stream] = max(self.heads[stream], heads[stream])

    def put(self, key: Key, page: Page) -> None:
        """Nothing happens where a newer head is known already: the page was overtaken while it was made."""
        if not self.is_current(page) or len(page.heads) > self.most_streams or page.size > self.most_bytes:
            return
        self.drop(key)
        self.pages[key] = page
        self.size += page.size
        for stream, head in page.heads.items():
            self.heads[stream] = head  # never less than what was known, or the page were not current
            self.uses[stream] += 1
        while self.size > self.most_bytes or len(self.heads) > self.most_streams:
            self.drop(next(iter(self.pages)))

    def drop(self, key: Key) -> None:
        page = self.pages.pop(key, None)
        if page is None:
            return
        self.size -= page.size
        for stream in page.heads:
            self.uses[stream] -= 1
            if not self.uses[stream]:
                del self.uses[stream], self.heads[stream]
