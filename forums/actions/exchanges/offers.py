"""What a city can show others at any time."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.topics.actions import tags_called
from community.topics.models import Theme
from forums.actions.exchanges.rows import BOARD
from forums.actions.writing import watch_newcomer
from forums.facts import OfferChanged
from forums.models import Offer
from forums.models.exchange import joined
from forums.rules import can_post_now, can_post_text
from forums.rules.exchanging import can_change_offer, can_offer


@action
def make_offer(
    *,
    by: Member,
    title: str,
    body: str,
    theme: Theme,
    tags: Iterable[str],
    languages: list[str],
    language: str,
    token: str,
) -> Offer:
    """In the name of her city. The same token again returns the offer that it made first.

    Raises: NotAllowed. Records: OfferChanged.
    """
    insist(can_offer(by))
    if made := Offer.objects.filter(author=by, token=token).first():
        return made
    insist(can_post_text(by, body))
    insist(can_post_now(by, opens=True))
    fields = {"theme": theme, "title": title, "body": body, "language": language, "languages": joined(languages)}
    try:
        with transaction.atomic():
            offer = Offer.objects.create(author=by, city_id=by.speaks_for_id or 0, token=token, **fields)
    except IntegrityError:
        return Offer.objects.get(author=by, token=token)
    offer.tags.set(tags_called(tags))
    watch_newcomer(offer, body, by)
    record(OfferChanged(offer.pk), streams=[BOARD], actor_id=by.pk)
    return offer


@action
def change_offer(
    offer: Offer,
    *,
    by: Member,
    title: str,
    body: str,
    theme: Theme,
    tags: Iterable[str],
    languages: list[str],
    language: str,
) -> Offer:
    """Raises: NotAllowed. Records: OfferChanged."""
    offer = _held(offer)
    insist(can_change_offer(by, offer))
    insist(can_post_text(by, body))
    offer.title, offer.body, offer.theme, offer.language = title, body, theme, language
    offer.languages = joined(languages)
    offer.tags.set(tags_called(tags))
    return _saved(offer, by)


@action
def withdraw_offer(offer: Offer, *, by: Member) -> Offer:
    """Only its city sees it from now on. Records: OfferChanged."""
    offer = _held(offer)
    insist(can_change_offer(by, offer))
    offer.withdrawn_at = offer.withdrawn_at or timezone.now()
    return _saved(offer, by)


@action
def renew_offer(offer: Offer, *, by: Member) -> Offer:
    """Records: OfferChanged."""
    offer = _held(offer)
    insist(can_change_offer(by, offer))
    offer.withdrawn_at = None
    return _saved(offer, by)


def _held(offer: Offer) -> Offer:
    return Offer.objects.select_for_update(no_key=True).get(pk=offer.pk)


def _saved(offer: Offer, by: Member) -> Offer:
    offer.version += 1
    offer.save()
    record(OfferChanged(offer.pk), streams=[BOARD], actor_id=by.pk)
    return offer
