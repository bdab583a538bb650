import os
import random
import threading

from django.apps import AppConfig


class ChaosConfig(AppConfig):
    name = "tests.flows.chaos"

    def ready(self) -> None:
        from community.live import reader  # models must be loaded first
        from forums.queries import paging

        if os.environ.get("LONG_PAGES"):
            paging.PAGE_SIZE = 5000
        if os.environ.get("NO_POLL"):
            reader.LOOK_SECONDS = 10**6
        if os.environ.get("SPOIL_BELLS"):
            put_in_place_of_ring(spoilt)
        if os.environ.get("NO_BELLS"):
            put_in_place_of_ring(lambda heads: None)


def put_in_place_of_ring(tell: object) -> None:
    from community.facts.actions import AFTER_COMMIT
    from community.live.bells import ring

    AFTER_COMMIT[AFTER_COMMIT.index(ring)] = tell


def spoilt(heads: dict[str, int]) -> None:
    from community.live.bells import ring

    dice = random.random()
    if dice < 0.3:
        return
    for _ in range(2 if dice < 0.5 else 1):
        late = random.uniform(0, 0.5) if dice > 0.7 else 0
        timer = threading.Timer(late, ring, [heads])
        timer.daemon = True
        timer.start()
