"""Exchanges between cities: their request cards, and what came of them."""

from collections.abc import Iterable, Iterator, Mapping, Sequence

from django.db.models import Q, QuerySet
from django.urls import reverse
from django.utils.translation import get_language

from community.facts.models import Fact
from community.members.rulings import Viewer
from community.search.documents import Findable, Found, brings, changes, finds, ids_in
from community.search.engine import Document, Kind, SearchRequest
from community.search.slices import fitting, slices
from community.text.markdown import render
from community.text.plain import plain
from community.text.unfit import TextTooHeavy
from forums.choices import Audience
from forums.documents.audiences import EVERYBODY, audiences, for_forum, seconds, tag_ids, tagged
from forums.facts import (
    ExchangeAsked,
    ExchangeHidden,
    ExchangeReopened,
    ExchangeShown,
    ExchangeWithdrawn,
    OutcomePublished,
    OutcomePutBack,
    OutcomeTakenAway,
    RequestChanged,
)
from forums.models import Exchange, Outcome, Party
from forums.rules.exchanges import SETTLED, seeable_exchanges, seeable_outcomes
from i18n.languages import CODES, DEFAULT
from i18n.texts import said

OUTCOME_TEXTS = ("context", "tried", "result", "cost", "contacts")


def documents_of_exchanges(ids: Iterable[int]) -> list[Document]:
    """The card alone: its conversation is made of posts, which have readers of their own."""
    open_ones = Exchange.objects.filter(pk__in=list(ids), withdrawn_at=None, hidden_at=None)
    exchanges = list(open_ones)
    tags = tag_ids(Exchange, {each.pk for each in exchanges})
    return [
        Document(
            key=f"exchange-{each.pk}",
            kind=Kind.EXCHANGE,
            group=f"exchange-{each.pk}",
            titles={each.language: each.title},
            bodies={each.language: f"{_plain_of(each.sought)} {_plain_of(each.offered)}"},
            audiences=frozenset(
                {for_forum(each.forum_id, Audience.GUESTS if each.is_open_to_guests else Audience.MEMBERS)}
            ),
            language=each.language,
            tags=tags.get(each.pk, ()),
            cities=(each.city_id,),
            places=(f"forum-{each.forum_id}",),
            made_at=seconds(each.asked_at),
            active_at=seconds(each.asked_at),
        )
        for each in exchanges
    ]


def show_exchanges(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Found]:
    seen = seeable_exchanges(viewer).filter(pk__in=list(ids), withdrawn_at=None).select_related("forum", "city")
    language = get_language() or DEFAULT
    return {
        each.pk: Found(
            kind=Kind.EXCHANGE,
            title=each.title,
            title_language=each.language,
            text=f"{_plain_of(each.sought)} {_plain_of(each.offered)}",
            language=each.language,
            address=reverse("forums:exchange", args=[each.pk, each.slug]),
            who=said(each.city, "name", language).text,
            where=said(each.forum, "title", language).text,
            at=each.asked_at,
        )
        for each in seen
    }


def look_for_exchanges(viewer: Viewer, request: SearchRequest, most: int) -> list[int]:
    asked = fitting(
        request,
        words=["title", "sought"],
        at="asked_at",
        places={"forum": "forum"},
        language="language",
        tag=lambda tags: Q(pk__in=tagged(Exchange, tags)),
        city="city",
    )
    found = seeable_exchanges(viewer).filter(asked, withdrawn_at=None).order_by("-pk")
    return list(found.values_list("pk", flat=True)[:most])


finds(
    Findable(
        prefix="exchange",
        documents=documents_of_exchanges,
        ids=lambda: slices(Exchange.objects.all()),
        show=show_exchanges,
        audiences=audiences,
        look=look_for_exchanges,
    )
)


@changes(ExchangeAsked, ExchangeReopened, ExchangeShown)
@changes(RequestChanged, ExchangeWithdrawn, ExchangeHidden, hides=True)
def exchange_and_outcome(facts: Sequence[Fact]) -> Iterator[str]:
    yield from (f"exchange-{pk}" for pk in ids_in(facts, "exchange_id"))
    yield from outcome_of(facts)


@brings(ExchangeAsked)
def new_exchange(facts: Sequence[Fact]) -> Iterator[str]:
    yield from (f"exchange-{pk}" for pk in ids_in(facts, "exchange_id"))


# --- What came of them ---


def documents_of_outcomes(ids: Iterable[int]) -> list[Document]:
    """Each with the tags of its request."""
    outcomes = _published().filter(pk__in=list(ids)).select_related("exchange")
    parties = {each.pk: _cities_of(each) for each in outcomes}
    tags = tag_ids(Exchange, {each.exchange_id for each in outcomes})
    return [
        Document(
            key=f"outcome-{each.pk}",
            kind=Kind.OUTCOME,
            group=f"outcome-{each.pk}",
            titles=_in_languages(each, "title"),
            bodies={
                code: " ".join(_plain_of(getattr(each, f"{field}_{code}") or "") for field in OUTCOME_TEXTS)
                for code in CODES
                if getattr(each, f"title_{code}") or getattr(each, f"result_{code}")
            },
            audiences=frozenset({EVERYBODY}),
            language=each.original_language,
            tags=tags.get(each.exchange_id, ()),
            cities=parties[each.pk],
            places=(f"forum-{each.exchange.forum_id}",),
            made_at=seconds(each.published_at or each.edited_at),
            active_at=seconds(each.published_at or each.edited_at),
        )
        for each in outcomes
    ]


def show_outcomes(viewer: Viewer, ids: Iterable[int]) -> Mapping[int, Found]:
    """Published, whoever asks: a draft is found on its exchange's own page."""
    seen = seeable_outcomes(viewer).filter(pk__in=list(ids)).filter(pk__in=_published())
    language = get_language() or DEFAULT
    return {each.pk: _found_outcome(each, language) for each in seen.select_related("exchange__city")}


def _found_outcome(outcome: Outcome, language: str) -> Found:
    title = said(outcome, "title", language)
    texts = (said(outcome, field, title.language).text for field in OUTCOME_TEXTS)
    return Found(
        kind=Kind.OUTCOME,
        title=title.text,
        title_language=title.language,
        text=" ".join(map(_plain_of, texts)),
        language=title.language,
        address=reverse("forums:outcome", args=[outcome.exchange_id, outcome.exchange.outcome_slug]),
        who=said(outcome.exchange.city, "name", language).text,
        at=outcome.published_at,
    )


def look_for_outcomes(viewer: Viewer, request: SearchRequest, most: int) -> list[int]:
    asked = fitting(
        request,
        words=[f"{field}_{code}" for field in ("title", "result") for code in CODES],
        at="published_at",
        places={"forum": "exchange__forum"},
        language="original_language",
        tag=lambda tags: Q(exchange__in=tagged(Exchange, tags)),
        city=lambda cities: Q(exchange__in=Party.objects.filter(role__in=SETTLED, city__in=cities).values("exchange")),
    )
    return list(_published().filter(asked).order_by("-published_at", "pk").values_list("pk", flat=True)[:most])


finds(
    Findable(
        prefix="outcome",
        documents=documents_of_outcomes,
        ids=lambda: slices(Outcome.objects.all()),
        show=show_outcomes,
        audiences=lambda viewer: [EVERYBODY],
        look=look_for_outcomes,
    )
)


@brings(OutcomePublished)
@changes(OutcomePublished, OutcomePutBack)
@changes(OutcomeTakenAway, hides=True)
def outcome_of(facts: Sequence[Fact]) -> Iterator[str]:
    outcomes = Outcome.objects.filter(exchange__in=ids_in(facts, "exchange_id")).values_list("pk", flat=True)
    yield from (f"outcome-{pk}" for pk in outcomes)


def _published() -> QuerySet[Outcome]:
    return Outcome.objects.filter(published_at__isnull=False, withdrawn_at=None, exchange__hidden_at=None)


def _cities_of(outcome: Outcome) -> tuple[int, ...]:
    settled = outcome.exchange.parties.filter(role__in=SETTLED)
    return tuple(sorted(settled.values_list("city_id", flat=True)))


def _in_languages(thing: Outcome, field: str) -> dict[str, str]:
    return {code: text for code in CODES if (text := getattr(thing, f"{field}_{code}"))}


def _plain_of(markdown: str) -> str:
    try:
        return plain(render(markdown)) if markdown else ""
    except TextTooHeavy:  # kept from before a cap was lowered
        return markdown
