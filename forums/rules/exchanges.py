"""Who may see what of exchanges between cities.

A request's card is seen by the members who see its forum, and by guests where its asker has said so, until it
is withdrawn; withdrawn, by the cities taking part; hidden by a moderator, by its asker and those who moderate.
The conversation has a rule of its own: see `forums.rules.seeing`.
"""

from django.db.models import Exists, OuterRef, Q, QuerySet

from community.members.rules import is_moderator
from community.members.rulings import YES, Ruling, Viewer
from forums.choices import PartyRole
from forums.models import Exchange, Offer, Outcome, Party
from forums.rules.seeing import (
    TAKING_PART,
    UNSEEN,
    can_see_forum,
    is_member,
    moderates,
    moderating_rows,
    seeable_forums,
)

SETTLED = [PartyRole.ASKING, PartyRole.MATCHED]  # those between whom the exchange is held


def seeable_exchanges(viewer: Viewer) -> QuerySet[Exchange]:
    """Whose card she sees. Needs nothing fetched along."""
    if is_moderator(viewer):
        return Exchange.objects.all()
    seen = Q(Exists(seeable_forums(viewer).filter(pk=OuterRef("forum_id"))), hidden_at=None)
    standing = Q(withdrawn_at=None)
    if not is_member(viewer):
        return Exchange.objects.filter(seen, standing, is_open_to_guests=True)
    moderated = moderating_rows(viewer).filter(forum_id=OuterRef("forum_id"))
    here = Party.objects.filter(exchange=OuterRef("pk"), role__in=TAKING_PART)
    own = Q(Exists(here.filter(city_id=viewer.speaks_for_id) if viewer.speaks_for_id else here.none()))
    hers = Q(asker_id=viewer.pk, city_id=viewer.speaks_for_id) if viewer.speaks_for_id else Q(pk__in=[])
    return Exchange.objects.filter((seen & (standing | own)) | hers | Q(Exists(moderated)))


def can_see_exchange(viewer: Viewer, exchange: Exchange) -> Ruling:
    """Needs `forum` fetched along."""
    if moderates(viewer, exchange.forum):
        return YES
    if is_member(viewer) and viewer.speaks_for_id == exchange.city_id and viewer.pk == exchange.asker_id:
        return YES
    if exchange.hidden_at or not can_see_forum(viewer, exchange.forum):
        return UNSEEN
    if not is_member(viewer):
        return YES if exchange.is_open_to_guests and not exchange.withdrawn_at else UNSEEN
    return YES if not exchange.withdrawn_at or takes_part(viewer, exchange) else UNSEEN


def takes_part(viewer: Viewer, exchange: Exchange, roles: list[PartyRole] = TAKING_PART) -> bool:
    """Her city does. At most one query a viewer's copy of the exchange."""
    return role_of(viewer, exchange) in roles


def role_of(viewer: Viewer, exchange: Exchange) -> str | None:
    """How her city stands in it."""
    party = party_of(viewer, exchange)
    return party.role if party else None


def party_of(viewer: Viewer, exchange: Exchange) -> Party | None:
    if not is_member(viewer) or viewer.speaks_for_id is None:
        return None
    return next((party for party in exchange.parties.all() if party.city_id == viewer.speaks_for_id), None)


def can_see_conversation(viewer: Viewer, exchange: Exchange) -> Ruling:
    """As `can_see_thread` says of its thread; see there."""
    if moderates(viewer, exchange.forum):
        return YES
    is_open = can_see_forum(viewer, exchange.forum) and takes_part(viewer, exchange)
    is_off = exchange.thread.is_hidden or exchange.thread.is_deleted
    own = is_member(viewer) and viewer.pk == exchange.thread.author_id
    return YES if is_open and (own or not is_off) else UNSEEN


def seeable_outcomes(viewer: Viewer) -> QuerySet[Outcome]:
    """What is published is for everybody; a draft for the cities between whom the exchange is held."""
    published = Q(published_at__isnull=False, withdrawn_at=None, exchange__hidden_at=None)
    return Outcome.objects.filter(published | _latest_is_seen(viewer))


def outcomes_seen_latest(viewer: Viewer) -> QuerySet[Outcome]:
    """As `can_see_latest` says of each."""
    return Outcome.objects.filter(_latest_is_seen(viewer))


def _latest_is_seen(viewer: Viewer) -> Q:
    if is_moderator(viewer):
        return Q(pk__isnull=False)
    if not is_member(viewer):
        return Q(pk__in=[])
    moderated = moderating_rows(viewer).filter(forum_id=OuterRef("exchange__forum_id"))
    here = Party.objects.filter(exchange=OuterRef("exchange_id"), role__in=SETTLED)
    hers = Q(Exists(here.filter(city_id=viewer.speaks_for_id) if viewer.speaks_for_id else here.none()))
    return (hers & Q(exchange__hidden_at=None)) | Q(Exists(moderated))


def is_published(outcome: Outcome) -> bool:
    return outcome.published_at is not None and outcome.withdrawn_at is None and outcome.exchange.hidden_at is None


def can_see_outcome(viewer: Viewer, outcome: Outcome) -> Ruling:
    """Needs `exchange__forum` fetched along."""
    return YES if is_published(outcome) else can_see_latest(viewer, outcome)


def can_see_latest(viewer: Viewer, outcome: Outcome) -> Ruling:
    """What of it is not public yet: for the cities between whom the exchange is held. Needs what the above needs."""
    if moderates(viewer, outcome.exchange.forum):
        return YES
    is_hers = outcome.exchange.hidden_at is None and takes_part(viewer, outcome.exchange, SETTLED)
    return YES if is_hers else UNSEEN


def seeable_offers(viewer: Viewer) -> QuerySet[Offer]:
    if is_moderator(viewer):
        return Offer.objects.all()
    standing = Q(withdrawn_at=None, hidden_at=None)
    if is_member(viewer) and viewer.speaks_for_id:
        standing |= Q(city_id=viewer.speaks_for_id)
    return Offer.objects.filter(standing)


def can_see_offer(viewer: Viewer, offer: Offer) -> Ruling:
    stands = offer.withdrawn_at is None and offer.hidden_at is None
    return YES if stands or is_moderator(viewer) or is_of_her_city(viewer, offer) else UNSEEN


def is_of_her_city(viewer: Viewer, offer: Offer) -> bool:
    return is_member(viewer) and viewer.speaks_for_id == offer.city_id
