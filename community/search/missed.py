"""What is looked for in vain: gathered in each process, written once a minute for all, by whoever comes then.

No read writes, and nothing is known of who asked.
"""

import re
import threading
import time
from collections import Counter

from django.db import DatabaseError

from community.search.actions import note_missed
from community.search.engine import SearchRequest
from community.search.queries import Answers
from community.search.words import words_in

EVERY_SECONDS = 60.0
MOST_GATHERED = 500  # different words in one process
OF_A_PERSON = re.compile(r"@|\d[\d\s().-]{4,}\d")  # an address, a telephone number


class Gathering:
    """Words looked for in vain since the last writing, in this process."""

    def __init__(self) -> None:
        self.lock = threading.Lock()
        self.begin()

    def begin(self) -> None:
        self.times: Counter[str] = Counter()
        self.since = time.monotonic()

    def add(self, words: str) -> None:
        with self.lock:
            if words in self.times or len(self.times) < MOST_GATHERED:
                self.times[words] += 1

    def taken_if_due(self) -> Counter[str]:
        """All of them, once a minute; else none."""
        with self.lock:
            if time.monotonic() - self.since < EVERY_SECONDS:
                return Counter()
            times = self.times
            self.begin()
        return times


gathering = Gathering()


def notice_missed(request: SearchRequest, answers: Answers) -> None:
    """Where everything was searched, and nothing has all the words."""
    if is_missed(request, answers) and not OF_A_PERSON.search(request.q):
        words = " ".join(words_in(request.q))
        if words:
            gathering.add(words[:200])
    if times := gathering.taken_if_due():
        try:
            note_missed(times)
        except DatabaseError:
            pass  # a count that is some too low is as good


def is_missed(request: SearchRequest, answers: Answers) -> bool:
    narrowed = (request.kinds, request.languages, request.tags, request.cities, request.programmes, request.places)
    is_whole = not any(narrowed) and request.since is None and request.until is None and request.page == 1
    return is_whole and not answers.is_plain and (answers.total == answers.near or answers.is_partial)
