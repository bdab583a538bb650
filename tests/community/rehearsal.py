"""Addresses for trying how Django is answered: each shows one shape of view."""

import asyncio
import threading
import time
from collections.abc import AsyncIterator, Iterator
from contextvars import ContextVar
from typing import Any

from asgiref.sync import sync_to_async
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import path

WORD: ContextVar[str] = ContextVar("word", default="none")
seen: list[str] = []  # what has happened, for tests to look at


def plain(request: HttpRequest) -> HttpResponse:
    response = HttpResponse(f"{request.method} {threading.current_thread().name} {WORD.get()}")
    response.set_cookie("one", "1")
    response.set_cookie("two", "2")
    return response


async def waiting(request: HttpRequest) -> HttpResponse:
    await asyncio.sleep(0.01)
    return HttpResponse(await sync_to_async(lambda: f"awaited {threading.current_thread().name}")())


def echo(request: HttpRequest) -> HttpResponse:
    return HttpResponse(request.POST["word"])


def slow(request: HttpRequest) -> HttpResponse:
    seen.append("slow began")
    time.sleep(0.2)
    return HttpResponse("slow")


def broken(request: HttpRequest) -> HttpResponse:
    raise ValueError("as meant")


def pieces(request: HttpRequest) -> HttpResponseBase:
    def told() -> Iterator[str]:
        for number in range(3):
            yield f"{number} {threading.current_thread().name}\n"

    response = StreamingHttpResponse(told())
    response._resource_closers.append(lambda: seen.append("closed"))  # type: ignore[attr-defined]
    return response


async def endless(request: HttpRequest) -> HttpResponseBase:
    async def told() -> AsyncIterator[str]:
        try:
            while True:
                yield "more\n"
                await asyncio.sleep(0.01)
        finally:
            seen.append("stopped")

    response = StreamingHttpResponse(told())
    response._resource_closers.append(lambda: seen.append("closed"))  # type: ignore[attr-defined]
    return response


def book(request: HttpRequest) -> FileResponse:
    return FileResponse(open(__file__, "rb"))


urlpatterns: list[Any] = [
    path("plain/", plain),
    path("waiting/", waiting),
    path("echo/", echo),
    path("slow/", slow),
    path("broken/", broken),
    path("pieces/", pieces),
    path("endless/", endless),
    path("book/", book),
]
