"""From the database into the indexes."""

import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import nullcontext, suppress
from itertools import islice

from community.facts.models import Fact
from community.search.actions import index_later
from community.search.documents import CHANGES, HIDES, changes, documents_of, keys_told
from community.search.engine import EngineUnavailable
from community.search.engines import engine
from community.search.facts import ThingsToHide, ThingsToIndex
from community.search.models import Generation, Standing

AT_ONCE = 2_000  # keys of one batch of facts: a commit that comes soon, and a lease that does not run out
SLICE = 500  # keys read and sent at once
RECEIPT_SECONDS = 20.0
LOOK_SECONDS = 0.05


def index_facts(facts: list[Fact]) -> None:
    """Whatever these facts changed, as it is now, into each index; what is too much at once, in parts. Repeatable."""
    hidden = dict.fromkeys(keys_told(HIDES, facts))
    keys = dict.fromkeys([*hidden, *keys_told(CHANGES, facts)])
    later = list(keys)[AT_ONCE:]
    index_keys(list(keys)[:AT_ONCE])  # first: where the engine is away, this delivery comes back whole
    index_later([key for key in later if key in hidden], as_fact=ThingsToHide)
    index_later([key for key in later if key not in hidden], as_fact=ThingsToIndex)


@changes(ThingsToIndex)
@changes(ThingsToHide, hides=True)
def parts(facts: Sequence[Fact]) -> Iterator[str]:
    yield from (f"{fact.ids['prefix']}-{pk}" for fact in facts for pk in fact.ids["ids"])


def index_keys(keys: Iterable[str], generations: Iterable[str] | None = None) -> int:
    """Params: generations, all of them if not said.

    Returns: how many keys. Raises: EngineUnavailable where one of them has not taken them in, the one that is being
    built left aside.
    """
    every = Generation.objects.order_by("pk")
    named = {each.name: each.standing for each in every} if generations is None else dict.fromkeys(generations, "")
    if not named:
        return 0  # the first rebuild reads everything
    count = 0
    for part in sliced(keys):
        count += len(part)
        documents = documents_of(part)
        gone = set(part) - {document.key for document in documents}
        for name, standing in named.items():
            # One that is being built may be there by name alone, or left by who died: it is compared before it answers.
            with suppress(EngineUnavailable) if standing == Standing.BUILDING else nullcontext():
                wait_for(engine().apply(name, documents, gone))
    return count


def wait_for(receipt: str) -> None:
    until = time.monotonic() + RECEIPT_SECONDS
    while not engine().is_done(receipt):
        if time.monotonic() > until:
            raise EngineUnavailable("the engine has not taken it in yet")
        time.sleep(LOOK_SECONDS)


def sliced(keys: Iterable[str]) -> Iterator[list[str]]:
    left = iter(keys)
    while part := list(islice(left, SLICE)):
        yield part
