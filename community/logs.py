"""Structured logs: one line an event, JSON in production, plain in the demonstration."""

import logging
import re
from collections.abc import MutableMapping
from typing import Any

import structlog
import structlog.typing

from community.facts.tracing import request_id

# Secrets stand in addresses: keys of mails, personal feeds. They never reach a log.
SECRET = re.compile(r"(/account/(?:confirm-email|password/reset/key)/|/calendar/me/)[^/\s?]+")


def configure(wanted: dict[str, Any]) -> None:
    """Params: level, a logging level's name; as_json, whether lines are JSON."""
    shared: list[structlog.typing.Processor] = [structlog.stdlib.add_log_level, structlog.processors.TimeStamper(fmt="iso"), traced, redacted]
    renderer = structlog.processors.JSONRenderer() if wanted["as_json"] else structlog.dev.ConsoleRenderer(colors=False)
    structlog.configure(
        processors=[*shared, structlog.stdlib.ProcessorFormatter.wrap_for_formatter],
        logger_factory=structlog.stdlib.LoggerFactory(),
        wrapper_class=structlog.make_filtering_bound_logger(logging.getLevelName(wanted["level"])),
        cache_logger_on_first_use=True,
    )
    handler = logging.StreamHandler()
    handler.setFormatter(structlog.stdlib.ProcessorFormatter(processor=renderer, foreign_pre_chain=[*shared, plain]))
    root = logging.getLogger()
    root.handlers = [handler]
    root.setLevel(wanted["level"])


def traced(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    if identifier := request_id():
        event["request"] = identifier
    return event


def redacted(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    for name, value in event.items():
        if isinstance(value, str):
            event[name] = (
                SECRET.sub(r"\1…", value).replace("\r", "\\r").replace("\n", "\\n") if name != "exception" else value
            )
    return event


def plain(_logger: Any, _method: str, event: MutableMapping[str, Any]) -> MutableMapping[str, Any]:
    """Lines of libraries may carry line breaks of a stranger's making."""
    return event
