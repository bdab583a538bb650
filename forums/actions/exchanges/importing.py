"""Exchanges that were held elsewhere: they come with their own authors and dates, and nobody is told late."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import uuid4

from community.facts.actions import action, record
from community.members.models import City, Member
from community.topics.actions import tags_called
from community.topics.models import Theme
from forums.actions.exchanges.rows import BOARD, expect_answer
from forums.actions.importing import ImportedPost, ImportedThread, import_threads
from forums.choices import Audience, PartyRole, Stage
from forums.facts import ExchangeAsked, OfferChanged
from forums.models import Agreement, Exchange, Forum, Offer, Outcome, Party
from forums.models.exchange import joined


@dataclass(frozen=True)
class ImportedOutcome:
    """Params: texts, the columns; published_at, None for a draft; agreed, the cities that have."""

    texts: dict[str, str]
    original_language: str
    published_at: datetime | None = None
    agreed: tuple[City, ...] = ()


@dataclass(frozen=True)
class ImportedExchange:
    """Params: posts, what followed the request; cities, how each but the asking one stands in it."""

    asker: Member
    theme: Theme
    title: str
    sought: str
    offered: str
    language: str
    languages: tuple[str, ...]
    tags: tuple[str, ...]
    needed_by: date
    asked_at: datetime
    is_open_to_guests: bool
    posts: tuple[ImportedPost, ...] = ()
    cities: dict[int, PartyRole] = field(default_factory=dict)
    dates: dict[str, Any] = field(default_factory=dict)  # matched_at, met_at, meeting_at, meeting_zone, meeting_link
    outcome: ImportedOutcome | None = None

    @property
    def stage(self) -> Stage:
        if self.outcome and self.outcome.published_at:
            return Stage.OUTCOME
        if self.dates.get("met_at"):
            return Stage.MET
        return Stage.MATCHED if self.dates.get("matched_at") else Stage.ASKED


@action
def import_exchanges(forum: Forum, plans: Iterable[ImportedExchange]) -> list[Exchange]:
    """Records: ExchangeAsked for each, and what its conversation records."""
    return [_import(forum, plan) for plan in sorted(plans, key=lambda plan: plan.asked_at)]


def _import(forum: Forum, plan: ImportedExchange) -> Exchange:
    opening = ImportedPost(plan.asker, plan.sought, plan.language, plan.asked_at)
    posts = (opening, *plan.posts)
    (thread,) = import_threads([ImportedThread(forum, plan.title, plan.language, (), posts, audience=Audience.PARTIES)])
    ended_at = plan.outcome.published_at if plan.outcome else None
    exchange = Exchange.objects.create(
        forum=forum,
        thread=thread,
        city_id=plan.asker.city_id or 0,
        asker=plan.asker,
        theme=plan.theme,
        title=plan.title,
        slug=thread.slug,
        sought=plan.sought,
        offered=plan.offered,
        language=plan.language,
        languages=joined(list(plan.languages)),
        needed_by=plan.needed_by,
        is_open_to_guests=plan.is_open_to_guests,
        stage=plan.stage,
        asked_at=plan.asked_at,
        ended_at=ended_at,
        moved_at=ended_at or plan.dates.get("met_at") or plan.dates.get("matched_at") or posts[-1].written_at,
        **plan.dates,
    )
    exchange.tags.set(tags_called(plan.tags))
    roles = {exchange.city_id: PartyRole.ASKING, **plan.cities}
    Party.objects.bulk_create(
        Party(exchange=exchange, city_id=city_id, role=role, since=plan.asked_at) for city_id, role in roles.items()
    )
    if plan.outcome:
        _import_outcome(exchange, plan, plan.outcome)
    if plan.stage != Stage.OUTCOME:
        expect_answer(exchange)
    record(ExchangeAsked(exchange.pk), streams=[f"exchange:{exchange.pk}", BOARD], actor_id=plan.asker.pk)
    return exchange


def _import_outcome(exchange: Exchange, plan: ImportedExchange, outcome: ImportedOutcome) -> None:
    at = outcome.published_at or plan.dates["met_at"]
    written = Outcome.objects.create(
        exchange=exchange,
        original_language=outcome.original_language,
        edited_by=plan.asker,
        edited_at=at,
        published_at=outcome.published_at,
        **outcome.texts,
    )
    Agreement.objects.bulk_create(Agreement(outcome=written, city=city, at=at) for city in outcome.agreed)


@action
def import_offers(plans: Iterable[tuple[Offer, Iterable[str]]]) -> None:
    """Params: plans, offers not yet saved, each with the names of its tags. Records: OfferChanged."""
    for offer, tags in plans:
        offer.token = f"import-{uuid4()}"
        offer.save()
        offer.tags.set(tags_called(tags))
        record(OfferChanged(offer.pk), streams=[BOARD], actor_id=offer.author_id)
