"""How much one socket may ask of us, and how many one member or one address may open in each process."""

import time
from dataclasses import dataclass

from django.conf import settings

from community.live.watching import Socket, Watch

MESSAGES_SECONDS = 10.0


@dataclass(frozen=True)
class Refusal(Exception):
    """Why a socket is closed, in words for those who build pages."""

    code: int
    reason: str


TOO_MANY_MESSAGES = Refusal(4029, "too many messages")
TOO_MANY_STREAMS = Refusal(4030, "too many streams")
TOO_MANY_OF_MEMBER = Refusal(4031, "too many sockets of this member")
TOO_MANY_OF_ADDRESS = Refusal(4032, "too many sockets from this address")
NOT_UNDERSTOOD = Refusal(4400, "not understood")
SESSION_OVER = Refusal(4401, "signed out")
TOO_LARGE = Refusal(4413, "message too large")


class Pace:
    """Of one socket's messages. Raises: Refusal from the first one too many."""

    def __init__(self) -> None:
        self.times: list[float] = []  # a deque is ten times as large, and there are thousands of sockets

    def step(self) -> None:
        now = time.monotonic()
        while self.times and self.times[0] <= now - MESSAGES_SECONDS:
            del self.times[0]
        if len(self.times) >= settings.LIVE_MESSAGES:
            raise TOO_MANY_MESSAGES
        self.times.append(now)


def insist_on_room(watch: Watch, socket: Socket) -> None:
    """Raises: Refusal where this socket, which has entered already, is one too many."""
    if watch.of_address[socket.address] > settings.LIVE_SOCKETS_AN_ADDRESS:
        raise TOO_MANY_OF_ADDRESS
    member_id = socket.visitor.member_id
    if member_id is not None and watch.of_member[member_id] > settings.LIVE_SOCKETS_A_MEMBER:
        raise TOO_MANY_OF_MEMBER
