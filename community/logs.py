"""Structured logs: one line an event, JSON in production, plain in the demonstration."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog
import structlog.typing
from django.core.exceptions import BadRequest, PermissionDenied

from community.facts.tracing import request_id

Event = MutableMapping[str, Any]
LONGEST = 2_000  # characters of a value: whoever asks for an address of a megabyte does not fill the disk

# Secrets stand in addresses: keys of mails, personal feeds. They never reach a log.
SECRET = re.compile(
    r"(/account/(?:confirm-email|email/confirm|password/reset/key|delete/undo)/|/cities/join/confirm/"
    r"|/calendar/(?:me|registration|speaker)/|/webinars/registration/(?:(?:confirm|join)/)?|/unsubscribe/"
    r"|/webinars/(?:speaker(?:/door)?|propose/(?:confirm|made))/"
    r"|[?&](?:token|key|code|signature|password)=)[^/\s?&\"']+"
)
# People stand in logs neither by address nor by the name of their page: a log cannot be asked to forget.
# Each run of letters is read once, whether or not an address begins there: a stranger chooses how long a path is.
RUN = re.compile(r"[^\s@<>\"'(),;:]++(?P<domain>@[\w-]++(?:\.[\w-]++)+)?")
PAGE = re.compile(r"(/members/)[^/\s?&\"']+")
# What would begin a new line, or a new colour, in somebody's terminal.
UNSEEN = re.compile("[\x00-\x08\x0a-\x1f\x7f-\x9f\u2028\u2029]")


def configure(wanted: dict[str, Any]) -> None:
    """Params: level, a logging level's name; as_json, whether lines are JSON."""
    shared: list[structlog.typing.Processor] = [
        structlog.stdlib.add_log_level,
        structlog.stdlib.add_logger_name,
        structlog.processors.TimeStamper(fmt="iso"),
        traced,
        refused,
        structlog.processors.format_exc_info,
        redacted,
    ]
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(wanted["level"])),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(
        structlog.stdlib.ProcessorFormatter(
            foreign_pre_chain=shared,
            processors=[
                structlog.stdlib.ProcessorFormatter.remove_processors_meta,
                renderer(as_json=wanted["as_json"]),
            ],
        )
    )
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(wanted["level"])


def renderer(*, as_json: bool) -> structlog.typing.Processor:
    if as_json:
        return structlog.processors.JSONRenderer()
    return structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback)


def traced(_logger: Any, _method: str, event: Event) -> Event:
    if identifier := request_id():
        event["request"] = identifier
    return event


def refused(_logger: Any, _method: str, event: Event) -> Event:
    """A refusal is an answer, not a failure: its line tells the reason, and no traceback."""
    caught = event.get("exc_info")
    error = caught[1] if isinstance(caught, tuple) else caught
    if isinstance(error, PermissionDenied | BadRequest):
        del event["exc_info"]
        event["reason"] = str(error)
    return event


def redacted(_logger: Any, _method: str, event: Event) -> Event:
    """Also lines of libraries: they repeat addresses, and inputs of a stranger's making."""
    for name, value in event.items():
        if isinstance(value, str):
            told = PAGE.sub(r"\1…", nameless(SECRET.sub(r"\1…", value)))
            # A traceback keeps its lines in the demonstration; JSON writes them as one.
            event[name] = told if name == "exception" else UNSEEN.sub(visible, cut(told))
    return event


def nameless(text: str) -> str:
    return RUN.sub(lambda run: "…@…" if run["domain"] else run[0], text) if "@" in text else text


def cut(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[:LONGEST]}…"


def visible(match: re.Match[str]) -> str:
    return match[0].encode("unicode_escape").decode("ascii")
