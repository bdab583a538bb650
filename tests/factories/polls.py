"""Polls in threads, made by the house's own actions."""

from typing import Any

from community.polls.actions import PollPlan
from community.polls.models import Option, Poll
from forums.actions import keep_thread_poll
from forums.models import Thread


def make_poll(thread: Thread, **terms: Any) -> Poll:
    """Three options, of which one may be chosen, its results shown from the beginning."""
    plan = PollPlan(**{"question": "Which footbridge first?", "options": ("North", "Market", "School"), **terms})
    assert thread.author is not None
    return keep_thread_poll(thread, plan, by=thread.author)


def options_of(poll: Poll) -> list[Option]:
    return list(Option.objects.filter(poll=poll).order_by("position"))


def counts_of(poll: Poll) -> list[int]:
    return [option.vote_count for option in options_of(poll)]
