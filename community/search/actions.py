"""The editors' table of words that mean the same, what was missed, and what members want to be told of."""

from collections.abc import Iterable, Mapping
from datetime import datetime, timedelta

from django.db.models import F
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.search.documents import split
from community.search.facts import SavedSearchDue, SavedSearchFits, SynonymChanged, ThingsToIndex
from community.search.models import Missed, SavedSearch, Synonym

A_PART = 500  # keys
EVERY = timedelta(hours=1)  # a saved search is looked at
MOST_SAVED = 20  # of a member
MISSED_FOR = timedelta(days=90)  # since it was last looked for


class TooManySaved(Exception):
    """She has as many as one may have."""


@action
def keep_synonym(synonym: Synonym, *, by_id: int | None) -> None:
    """Readers' next question knows it; Meilisearch from the next rebuild on. Records: SynonymChanged."""
    synonym.save()
    record(SynonymChanged(synonym.pk), actor_id=by_id)


@action
def forget_synonym(synonym: Synonym, *, by_id: int | None) -> None:
    """Records: SynonymChanged."""
    record(SynonymChanged(synonym.pk), actor_id=by_id)
    synonym.delete()


@action
def index_later(keys: Iterable[str], *, as_fact: type[ThingsToIndex]) -> None:
    """In parts, each told by a fact of its own. Records: ThingsToIndex, or ThingsToHide."""
    for prefix, ids in split(keys).items():
        for begin in range(0, len(ids), A_PART):
            record(as_fact(prefix, ids[begin : begin + A_PART]))


@action
def note_missed(times: Mapping[str, int]) -> None:
    """Params: times, by words, how often they were looked for in vain since the last note. Forgets what is long ago."""
    today = timezone.now().date()
    for words, count in sorted(times.items()):
        known, _ = Missed.objects.get_or_create(words=words, defaults={"last_on": today})
        Missed.objects.filter(pk=known.pk).update(times=F("times") + count, last_on=today)
    Missed.objects.filter(last_on__lt=today - MISSED_FOR).delete()


@action
def save_search(member: Member, query: str) -> SavedSearch:
    """She is told, once an hour at most, when something new fits. Saved again, it is the same one.

    Params: query, of the search's address. Raises: TooManySaved. Records: SavedSearchDue, for later.
    """
    Member.objects.select_for_update(no_key=True).get(pk=member.pk)  # two at once are counted one after the other
    known = SavedSearch.objects.filter(member=member)
    if (saved := known.filter(query=query).first()) is not None:
        return saved
    if known.count() >= MOST_SAVED:
        raise TooManySaved
    saved = SavedSearch.objects.create(member=member, query=query)
    record(SavedSearchDue(saved.pk), due_at=saved.saved_at + EVERY)
    return saved


@action
def forget_search(member: Member, saved_id: int) -> None:
    SavedSearch.objects.filter(member=member, pk=saved_id).delete()


@action
def note_look(saved: SavedSearch, *, up_to: datetime, fits: bool) -> None:
    """It was looked for what is new up to then; the next time is an hour from now.

    Nothing happens where somebody has looked meanwhile. Records: SavedSearchFits where something does; SavedSearchDue.
    """
    if not SavedSearch.objects.filter(pk=saved.pk, looked_at=saved.looked_at).update(looked_at=up_to):
        return
    if fits:
        record(SavedSearchFits(saved.pk))
    record(SavedSearchDue(saved.pk), due_at=timezone.now() + EVERY)
