"""Django answered in one hop: the whole chain of middleware and the view in one call on one thread.

Django's own ASGI handler hops between loop and thread for each piece of middleware, and starts a thread for
each request. Here requests share a few lasting threads, so database connections live on, and the loop is
crossed once each way.
"""

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import ThreadPoolExecutor
from contextvars import copy_context
from typing import IO, Any, cast

from django.core.exceptions import RequestAborted
from django.core.handlers.asgi import ASGIHandler, get_script_prefix
from django.core.handlers.base import BaseHandler
from django.core.signals import request_started
from django.http import FileResponse, HttpResponse, HttpResponseBase, StreamingHttpResponse
from django.urls import set_script_prefix

Scope = dict[str, Any]
Message = dict[str, Any]
Receive = Callable[[], Awaitable[Message]]
Send = Callable[[Any], Awaitable[None]]
Application = Callable[[Scope, Receive, Send], Awaitable[None]]

THREADS = 3  # one computes while others wait for the disk; more of them fight for the interpreter's lock


class OneHop(ASGIHandler):
    """Async views still work: Django adapts them inside the chain, on a loop of their own."""

    def __init__(self, *, threads: int = THREADS) -> None:
        BaseHandler.__init__(self)  # not ASGIHandler's: that loads the chain in its async shape
        self.load_middleware(is_async=False)
        self.threads = ThreadPoolExecutor(threads, thread_name_prefix="requests")

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:  # type: ignore[override]
        if scope["type"] != "http":
            raise ValueError(f"Only HTTP comes here, not {scope['type']}.")
        try:
            body = await self.read_body(receive)
        except RequestAborted:
            return
        loop = asyncio.get_running_loop()

        def tell(message: Message) -> None:
            asyncio.run_coroutine_threadsafe(_sent(send, message), loop).result()

        work = self.threads.submit(copy_context().run, self.answer, scope, body, tell)
        work.add_done_callback(lambda _: body.close())
        gone = asyncio.ensure_future(receive())  # after the body only a disconnect can come
        gone.add_done_callback(lambda _: work.cancel())  # what had not begun by then never begins
        try:
            answer = await asyncio.wrap_future(work)
            if isinstance(answer, list):
                for message in answer:
                    await send(message)
            elif answer is not None:
                await self.stream(answer, gone, send)
        except asyncio.CancelledError:
            if not work.cancelled() or not gone.done():
                raise
        finally:
            gone.cancel()

    def answer(
        self, scope: Scope, body: IO[bytes], tell: Callable[[Message], None]
    ) -> list[Message] | StreamingHttpResponse | None:
        """On a thread: the messages of a whole answer, or an answer that streams itself on the loop,
        or nothing, where the answer was told piece by piece from here."""
        set_script_prefix(get_script_prefix(scope))
        request_started.send(sender=type(self), scope=scope)
        request, refusal = self.create_request(scope, body)
        response = cast(HttpResponseBase, self.get_response(request) if request else refusal)
        if isinstance(response, StreamingHttpResponse) and response.is_async:
            return response
        try:
            if isinstance(response, HttpResponse):
                return [start_of(response), {"type": "http.response.body", "body": response.content}]
            self.tell_pieces(response, tell)
            return None
        finally:
            response.close()

    def tell_pieces(self, response: HttpResponseBase, tell: Callable[[Message], None]) -> None:
        """A synchronous iterator stays on the thread whose database connection it may be reading from."""
        if isinstance(response, FileResponse):
            response.block_size = self.chunk_size
        tell(start_of(response))
        for piece in response:
            for chunk, _ in self.chunk_bytes(piece):
                tell({"type": "http.response.body", "body": chunk, "more_body": True})
        tell({"type": "http.response.body"})

    async def stream(self, response: StreamingHttpResponse, gone: asyncio.Future[Message], send: Send) -> None:
        """An asynchronous iterator, until it or its reader is gone."""
        sending = asyncio.ensure_future(self.send_response(response, send))
        try:
            await asyncio.wait((sending, gone), return_when=asyncio.FIRST_COMPLETED)
        finally:
            sending.cancel()
            await asyncio.gather(sending, return_exceptions=True)
            await asyncio.wrap_future(self.threads.submit(response.close))
        if not sending.cancelled():
            sending.result()


async def _sent(send: Send, message: Message) -> None:
    await send(message)


def start_of(response: HttpResponseBase) -> Message:
    headers = [(name.encode("ascii"), value.encode("latin1")) for name, value in response.items()]
    headers += [
        (b"Set-Cookie", cookie.output(header="").strip().encode("ascii")) for cookie in response.cookies.values()
    ]
    return {"type": "http.response.start", "status": response.status_code, "headers": headers}
