import io
import json
import logging
import re
import time
from collections.abc import Callable, Iterator

import pytest
import structlog
from django.conf import settings
from django.test import Client
from django.urls import URLResolver, get_resolver

from community.facts.tracing import begin_trace
from community.logs import SECRET, configure, redacted
from community.members.rulings import NotAllowed

Lines = Callable[[], list[dict[str, str]]]


@pytest.fixture
def lines() -> Iterator[Lines]:
    """What a production process has logged so far, one parsed line an event."""
    root = logging.getLogger()
    handlers, level = root.handlers, root.level
    configure({"level": "INFO", "as_json": True})
    written = io.StringIO()
    root.handlers[0].setStream(written)  # type: ignore[attr-defined]
    yield lambda: [json.loads(line) for line in written.getvalue().splitlines()]
    configure(settings.LOGGING)
    root.handlers, root.level = handlers, level
    begin_trace("")


def test_a_line_break_in_a_path_makes_one_line(lines: Lines) -> None:
    structlog.get_logger("frontline.test").info("answered", path="/a\r\nFORGED /b\u2028c\x1b[31m")

    assert [line["path"] for line in lines()] == ["/a\\r\\nFORGED /b\\u2028c\\x1b[31m"]


def test_a_librarys_line_is_kept_to_one_line_too(lines: Lines) -> None:
    logging.getLogger("django.request").warning("Not Found: %s", "/a\nFORGED")

    assert [(line["event"], line["level"]) for line in lines()] == [("Not Found: /a\\nFORGED", "warning")]


@pytest.mark.parametrize(
    ("address", "told"),
    [
        ("/account/confirm-email/MQ:1abc:def/", "/account/confirm-email/…/"),
        ("/es/account/password/reset/key/1-set-pass/", "/es/account/password/reset/key/…/"),
        ("/calendar/me/s3cr3t.ics", "/calendar/me/…"),
        ("/es/calendar/registration/7-1:abc.ics", "/es/calendar/registration/…"),
        ("/webinars/registration/confirm/MQ:1abc:def/", "/webinars/registration/confirm/…/"),
        ("/ar/webinars/registration/7-1:abc/cancel/", "/ar/webinars/registration/…/cancel/"),
        ("/pt/webinars/propose/confirm/MQ:1abc:def/", "/pt/webinars/propose/confirm/…/"),
        ("/webinars/propose/made/7:abc/", "/webinars/propose/made/…/"),
        ("/webinars/speaker/s3cr3t/", "/webinars/speaker/…/"),
        ("/webinars/speaker/door/s3cr3t/", "/webinars/speaker/door/…/"),
        ("/webinars/registration/join/s3cr3t/", "/webinars/registration/join/…/"),
        ("/calendar/speaker/s3cr3t.ics", "/calendar/speaker/…"),
        ("/x/?page=2&token=s3cr3t&y=1", "/x/?page=2&token=…&y=1"),
        ("/threads/7/what-is-a-key/?page=2", "/threads/7/what-is-a-key/?page=2"),
    ],
)
def test_tokens_in_addresses_are_redacted(lines: Lines, address: str, told: str) -> None:
    structlog.get_logger("frontline.test").info("answered", path=address)
    logging.getLogger("django.request").warning("Not Found: %s", address)

    assert [lines()[0]["path"], lines()[1]["event"]] == [told, f"Not Found: {told}"]


def test_tokens_are_redacted_in_tracebacks_and_a_traceback_is_one_line(lines: Lines) -> None:
    try:
        raise ValueError("/calendar/me/s3cr3t.ics")
    except ValueError:
        logging.getLogger("anything").exception("failed")

    [line] = lines()
    assert "ValueError: /calendar/me/…" in line["exception"]
    assert "s3cr3t" not in json.dumps(line)


@pytest.mark.parametrize(
    ("written", "told"),
    [
        ("to ana.b+c@mail.city.example, then", "to …@…, then"),
        ("<ana@city.example>bo@city.example", "<…@…>…@…"),
        ("ana@city.example/bo@city.example", "…@……@…"),
        ("ana@localhost and @all", "ana@localhost and @all"),
    ],
)
def test_nobody_is_named_by_her_address(lines: Lines, written: str, told: str) -> None:
    structlog.get_logger("frontline.test").info("answered", path=written)

    assert [line["path"] for line in lines()] == [told]


@pytest.mark.parametrize(
    "hostile", ["a", "a@", "a.", "a@b.", "@a", "/members/", "&key=", "token=", "/calendar/me/", "-", "a@b.c/", "\n"]
)
def test_what_a_stranger_writes_costs_by_its_length_and_no_more(hostile: str) -> None:
    def seconds(length: int) -> float:
        """The best of three."""
        text = f"@{hostile * (length // len(hostile))}"
        taken = []
        for _ in range(3):
            began = time.process_time()
            redacted(None, "", {"path": text, "exception": text})
            taken.append(time.process_time() - began)
        return min(taken)

    assert seconds(100_000) < 12 * seconds(25_000) + 0.005  # four times as long; 16 times, were it quadratic


def test_a_very_long_path_is_cut_and_hides_no_secret(lines: Lines) -> None:
    path = f"/{'a' * 1_980}?token={'s3cr3t' * 100_000}&page={'2' * 100_000}"

    structlog.get_logger("frontline.test").info("answered", path=path)

    assert [line["path"] for line in lines()] == [f"/{'a' * 1_980}?token=…&page=22222…"]


def test_a_line_carries_the_id_of_its_request(lines: Lines) -> None:
    begin_trace("0123abcd-request")

    structlog.get_logger("frontline.test").info("ours")
    logging.getLogger("anything").warning("a library's")

    assert [line["request"] for line in lines()] == ["0123abcd-request"] * 2


def test_a_line_outside_of_requests_carries_none(lines: Lines) -> None:
    logging.getLogger("anything").warning("alone")

    assert "request" not in lines()[0]


def test_a_refusal_is_one_line_with_its_reason_and_no_traceback(lines: Lines) -> None:
    try:
        raise NotAllowed("Only moderators may do that.")
    except NotAllowed as refusal:
        logging.getLogger("django.request").warning("Forbidden (Permission denied): /x/", exc_info=refusal)

    [line] = lines()
    assert (line["event"], line["reason"]) == ("Forbidden (Permission denied): /x/", "Only moderators may do that.")
    assert "exception" not in line


@pytest.mark.django_db
def test_a_nul_in_an_address_is_one_warning_and_no_traceback(lines: Lines) -> None:
    assert Client(raise_request_exception=False).get("/forums/?q=%00").status_code == 400

    [line] = [line for line in lines() if line["logger"] == "django.request"]
    assert (line["level"], line["reason"]) == ("warning", "NUL in the address")
    assert "exception" not in line


def routes(resolver: URLResolver, before: str = "") -> Iterator[str]:
    """The whole route of each page, as its URLconf writes it."""
    for each in resolver.url_patterns:
        route = before + str(each.pattern)
        yield from routes(each, route) if isinstance(each, URLResolver) else [route]


def test_no_address_that_is_a_secret_reaches_a_log() -> None:
    secret = [route for route in routes(get_resolver()) if re.search(r"<str:(key|token)>", route)]

    told = [SECRET.sub(r"\1…", "/" + re.sub(r"<str:[^>]+>", "s3cr3t", route)) for route in secret]

    assert len(secret) > 8
    assert [address for address in told if "s3cr3t" in address] == []
