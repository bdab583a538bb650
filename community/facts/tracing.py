"""Which request (or worker's delivery) the present work belongs to."""

from contextvars import ContextVar

_request_id: ContextVar[str] = ContextVar("request_id", default="")


def request_id() -> str:
    """The id of the request being answered, empty outside of one. Facts and log lines carry it."""
    return _request_id.get()


def begin_trace(identifier: str) -> None:
    """From now on, in this context, work belongs to `identifier`."""
    _request_id.set(identifier)
