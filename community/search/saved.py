"""Searches that members have saved: whether something new fits one."""

from dataclasses import replace
from datetime import datetime, timedelta

from django.http import QueryDict
from django.utils import timezone

from community.facts.listeners import INDEX, fact_name
from community.facts.models import Delivery, Fact
from community.search.actions import note_look
from community.search.documents import NEWS, keys_told
from community.search.engine import MOST_PER_PAGE, EngineUnavailable, SearchRequest, Sort
from community.search.engines import engine
from community.search.forms import SearchForm
from community.search.models import SavedSearch
from community.search.queries import asked_by, shown_to

PAGES = 3  # of the newest that are looked through
MOST_NEWS = 2_000  # facts of one hour
INDEXED_WITHIN = timedelta(minutes=5)
ASKS = frozenset(SearchForm().add_prefix(name) for name in SearchForm.base_fields) - {"page", "sort"}


def query_to_save(asked: QueryDict) -> str:
    """As below; "" also where it asks wrongly."""
    query = query_without_order(asked)
    return query if query and SearchForm(QueryDict(query)).is_valid() else ""


def query_without_order(asked: QueryDict) -> str:
    """The address's query without what changes only how it is read. "" where it asks for nothing."""
    wanted = asked.copy()
    for name in asked:
        if name not in ASKS or not any(value.strip() for value in asked.getlist(name)):
            wanted.pop(name)
    return wanted.urlencode()


def look(saved: SavedSearch) -> None:
    """Whether something new fits, and when it is looked next. Where no engine answers, what is new waits."""
    up_to = indexed_up_to()
    try:
        fits = up_to > saved.looked_at and has_news(saved, up_to)
    except EngineUnavailable:
        up_to, fits = saved.looked_at, False
    note_look(saved, up_to=max(up_to, saved.looked_at), fits=fits)


def indexed_up_to() -> datetime:
    """Whatever was told before is in the index by now."""
    up_to = timezone.now() - INDEXED_WITHIN
    waiting = Delivery.objects.filter(lane=INDEX, done_at=None, parked_at=None).order_by("pk")
    oldest = waiting.values_list("fact__at", flat=True).first()
    return min(up_to, oldest) if oldest else up_to


def has_news(saved: SavedSearch, up_to: datetime) -> bool:
    """Asked as its member may see now. Raises: EngineUnavailable."""
    names = [fact_name(fact_class) for fact_class in NEWS]
    told = Fact.objects.filter(at__gte=saved.looked_at, at__lt=up_to, name__in=names)
    others = told.exclude(actor_id=saved.member_id).order_by("-pk")[:MOST_NEWS]
    fresh = set(keys_told(NEWS, others))
    request = request_of(saved)
    if not fresh or request is None or not saved.member.is_active:
        return False
    name, request = asked_by(saved.member, request)
    for page in range(1, PAGES + 1):
        hits = engine().search(name, replace(request, page=page)).hits
        found = fresh & {key for hit in hits for key in (hit.key, *hit.more)}
        if found and shown_to(saved.member, found):
            return True
        if len(hits) < MOST_PER_PAGE:
            break
    return False


def request_of(saved: SavedSearch) -> SearchRequest | None:
    """None where it cannot be asked any more: its tag or city is gone."""
    form = SearchForm(QueryDict(saved.query))
    return replace(form.request(hint=""), sort=Sort.NEWEST, facets=()) if form.is_valid() else None
