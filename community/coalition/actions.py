"""Cities join: asked, the address confirmed, decided by a moderator."""

from collections.abc import Iterable
from typing import Any

from django.db import IntegrityError, transaction
from django.utils import timezone

from community.coalition.facts import CityAsked, CityDeclined, CityJoined, WishOld
from community.coalition.keys import wish_key
from community.coalition.models import Stage, Wish
from community.coalition.queries import CONFIRM_WITHIN
from community.coalition.rules import can_ask, can_decide
from community.facts.actions import action, record
from community.mail.actions import write_mail
from community.mail.links import absolute
from community.members.actions import keep_city, move_to_city
from community.members.models import City, Member
from community.members.rulings import insist
from community.moderation.actions import decide
from community.text.slugs import slug_of
from community.topics.models import Theme

TRIES = 5  # of addresses for a city
RESERVED = {"join", "joining"}  # words of addresses under /cities/


class SlugsTaken(Exception):
    """Others were faster, time after time."""


@action
def ask_to_join_coalition(*, member: Member | None, priorities: Iterable[Theme], **fields: Any) -> Wish:
    """Keep a city's wish. A member's address is confirmed already; a guest gets a mail, whoever has the address.

    Params: fields, the columns of a Wish. Raises: NotAllowed.
    Records: CityAsked, for a member; WishOld for when a guest is too late.
    """
    if member is not None:
        insist(can_ask(member))
    wish = Wish.objects.create(member=member, **fields)
    wish.priorities.set(priorities)
    if member is not None:
        _let_wait(wish, actor_id=member.pk)
    else:
        record(WishOld(wish.pk), due_at=wish.asked_at + CONFIRM_WITHIN)
        link = absolute("coalition:confirm", wish_key(wish.pk), language=wish.language)
        _write(wish, "confirm_wish", link=link)
    return wish


@action
def confirm_wish(wish: Wish) -> None:
    """The address is hers who asked. Records: CityAsked, once however often she confirms it."""
    _let_wait(wish, actor_id=None)


def _let_wait(wish: Wish, *, actor_id: int | None) -> None:
    if Wish.objects.filter(pk=wish.pk, stage=Stage.UNCONFIRMED).update(stage=Stage.WAITING):
        record(CityAsked(wish.pk), actor_id=actor_id)


@action
def welcome_city(
    wish: Wish, *, by: Member, reason: str, latitude: float | None, longitude: float | None, **corrected: Any
) -> City:
    """Make its page with what it told, and whoever asked, having no city yet, a confirmed member of it.

    Kept as a decision; told by mail. Records: CityJoined.

    Params: corrected, columns of the wish as they should have been told.
    Raises: NotAllowed.
    """
    wish = _held(wish, by)
    for column, value in corrected.items():
        setattr(wish, column, value)
    wish.save(update_fields=corrected)
    city = _made(wish, by_id=by.pk, latitude=latitude, longitude=longitude)
    Wish.objects.filter(pk=wish.pk).update(stage=Stage.CONFIRMED, city=city)
    decide(wish, deed="welcome", by=by, reason=reason)
    if asker := wish.member or Member.objects.filter(email=wish.email, is_active=True).first():
        move_to_city(asker, city)
    link = absolute("members:city", city.slug, language=wish.language)
    sign_up = "" if asker else absolute("account_signup", language=wish.language)
    _write(wish, "city_welcome", link=link, sign_up=sign_up)
    record(CityJoined(wish.pk), actor_id=by.pk)
    return city


def _made(wish: Wish, *, by_id: int, **place: float | None) -> City:
    city = City(
        original_language=wish.city_language,
        country=wish.country,
        region=wish.region,
        language=wish.city_language,
        timezone=wish.timezone,
        hazards=wish.hazards,
        population=wish.population,
        **place,
    )
    setattr(city, f"name_{wish.city_language}", wish.city_name)
    for _ in range(TRIES):
        city.slug = _free_slug(wish.city_name)
        try:
            with transaction.atomic():
                return keep_city(city, by_id=by_id, priorities=wish.priorities.all())
        except IntegrityError:  # another city of this name has joined meanwhile
            continue
    raise SlugsTaken


@action
def decline_city(wish: Wish, *, by: Member, reason: str) -> None:
    """Not now, and why. Kept as a decision; told by mail. Raises: NotAllowed. Records: CityDeclined."""
    wish = _held(wish, by)
    Wish.objects.filter(pk=wish.pk).update(stage=Stage.DECLINED)
    decide(wish, deed="decline", by=by, reason=reason)
    _write(wish, "city_declined", reason=reason)
    record(CityDeclined(wish.pk), actor_id=by.pk)


@action
def settle_newcomer(member: Member) -> None:
    """Somebody asked for her city first and opened an account afterwards: she is at home there."""
    wish = Wish.objects.filter(email=member.email, stage=Stage.CONFIRMED, city__isnull=False).order_by("-pk").first()
    if wish is not None and wish.city is not None and member.city_id is None:
        move_to_city(member, wish.city)


@action
def forget_unconfirmed() -> None:
    """An address that came to us by another's hand does not stay."""
    Wish.objects.filter(stage=Stage.UNCONFIRMED, asked_at__lt=timezone.now() - CONFIRM_WITHIN).delete()


def _held(wish: Wish, by: Member) -> Wish:
    wish = Wish.objects.select_for_update(of=("self",), no_key=True).get(pk=wish.pk)
    insist(can_decide(by, wish))
    return wish


def _write(wish: Wish, kind: str, **context: str) -> None:
    context |= {"name": wish.contact_name, "city": wish.city_name}
    write_mail(to=wish.email, language=wish.language, kind=kind, context=context)


def _free_slug(name: str) -> str:
    wanted = slug_of(name, max_length=50).strip("-") or "city"
    taken = RESERVED | set(City.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
