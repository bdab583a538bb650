"""Calls under a time limit. Python cannot stop a thread, so one that hangs is left behind."""

import queue
import threading
from collections.abc import Callable
from concurrent.futures import Future, wait
from contextvars import copy_context

from django.db import close_old_connections, connections

MOST_LEFT_BEHIND = 16
Call = Callable[[], None]


class TookTooLong(Exception):
    """The call did not come back in time; it may still have its effect."""


class Helper:
    """One thread that calls for us, replaced where a call hangs."""

    def __init__(self) -> None:
        self._calls: queue.SimpleQueue[tuple[Call, Future[None]] | None] | None = None
        self._thread: threading.Thread | None = None
        self._left_behind: list[threading.Thread] = []

    def call(self, function: Call, *, seconds: float) -> None:
        """Raises: what the function raises; TookTooLong after so many seconds, or where too many still hang."""
        self._left_behind = [thread for thread in self._left_behind if thread.is_alive()]
        if len(self._left_behind) >= MOST_LEFT_BEHIND:
            raise TookTooLong(f"{MOST_LEFT_BEHIND} earlier calls still hang")
        calls = self._calls or self._begin()
        answer: Future[None] = Future()
        context = copy_context()  # the trace goes along
        calls.put((lambda: context.run(function), answer))
        wait([answer], timeout=seconds)
        if not answer.done():
            if self._thread:
                self._left_behind.append(self._thread)
            self.leave()
            raise TookTooLong(f"no answer within {seconds:g} s")
        answer.result()

    def leave(self) -> None:
        """The thread ends as soon as its present call does."""
        if self._calls:
            self._calls.put(None)
        self._calls = self._thread = None

    def _begin(self) -> "queue.SimpleQueue[tuple[Call, Future[None]] | None]":
        self._calls = queue.SimpleQueue()
        # A daemon: a call that hangs does not keep the process from ending.
        self._thread = threading.Thread(target=_answer, args=(self._calls,), name="worker-helper", daemon=True)
        self._thread.start()
        return self._calls


def _answer(calls: "queue.SimpleQueue[tuple[Call, Future[None]] | None]") -> None:
    while call := calls.get():
        function, answer = call
        close_old_connections()
        try:
            function()
        except Exception as error:
            answer.set_exception(error)
        else:
            answer.set_result(None)
        close_old_connections()
    connections.close_all()
