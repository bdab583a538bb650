"""A member's own words about herself."""

from collections.abc import Iterable

from django.db import IntegrityError, transaction
from django.db.models import F

from community.facts.actions import action, record
from community.members.facts import MemberChanged, MemberMoved
from community.members.models import City, FormerHandle, Member, Organisation
from community.members.rules import HANDLE_TAKEN, can_be_called, can_change_profile, can_write
from community.members.rulings import NotAllowed, insist
from community.members.shown import narrowed
from community.text.slugs import slug_of
from community.topics.actions import tags_called
from community.topics.models import Theme


@action
def change_profile(
    member: Member,
    *,
    by: Member,
    name: str,
    position: str,
    city: City | None,
    organisation: str,
    reads: list[str],
    language: str,
    timezone: str,
    themes: Iterable[Theme],
    tags: list[str],
    about: str,
    shown: dict[str, str] | None = None,
    handle: str = "",
) -> Member:
    """Write a profile whole. Records MemberChanged on `site`: her name stands on many pages.
    With another city also MemberMoved on `access`: who may see what is asked again. That she works there is then
    for that city to confirm.

    Params: organisation, its name, under which it is found or made; empty for none; shown, who sees
    what (a Detail → SeenBy), None to leave it as it is; handle, empty to leave it as it is.
    """
    insist(can_change_profile(by, member))
    insist(can_write(by))
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    has_moved = member.city_id != (city.pk if city else None)
    _call(member, handle or member.handle)
    member.name, member.position, member.about = name, position, about
    member.city, member.organisation = city, _organisation_called(organisation)
    member.reads, member.language, member.timezone = reads, language, timezone
    member.shown = member.shown if shown is None else shown
    member.city_confirmed_at = None if has_moved else member.city_confirmed_at
    member.version += 1
    _save(member)
    member.themes.set(themes)
    member.tags.set(tags_called(tags))
    record(MemberChanged(member.pk), streams=["site", f"member:{member.pk}"], actor_id=by.pk)
    if has_moved:
        record(MemberMoved(member.pk), streams=["access"], actor_id=by.pk)
    return member


@action
def show_less(member: Member, *, by: Member, shown: dict[str, str]) -> Member:
    """Let fewer see her details, which is hers to do also where her writing is paused. Records MemberChanged on `site`.

    Params: shown, a Detail → SeenBy; what would show more is passed over. Raises: NotAllowed.
    """
    insist(can_change_profile(by, member))
    member = Member.objects.select_for_update(no_key=True).get(pk=member.pk)
    member.shown = narrowed(member, shown)
    member.version += 1
    member.save(update_fields=["shown", "version"])
    record(MemberChanged(member.pk), streams=["site", f"member:{member.pk}"], actor_id=by.pk)
    return member


@action
def show_photo(member: Member, *, photo: int | None) -> None:
    """Her face is this picture from now on, or her initials again. Records MemberChanged on `site`.

    Params: photo, the id of a file that is ready.
    """
    member.photo = photo
    Member.objects.filter(pk=member.pk).update(photo=photo, version=F("version") + 1)
    record(MemberChanged(member.pk), streams=["site", f"member:{member.pk}"], actor_id=member.pk)


def _save(member: Member) -> None:
    """Raises: NotAllowed where another was quicker with her new handle."""
    try:
        with transaction.atomic():
            member.save()
    except IntegrityError as error:
        raise NotAllowed(HANDLE_TAKEN) from error


def _call(member: Member, handle: str) -> None:
    """The one she had before leads to her from now on. Raises: NotAllowed."""
    insist(can_be_called(member, handle))
    if handle != member.handle:
        FormerHandle.objects.filter(member=member, handle=handle).delete()
        FormerHandle.objects.create(member=member, handle=member.handle)
        member.handle = handle


def _organisation_called(name: str) -> Organisation | None:
    if not name:
        return None
    if standing := Organisation.objects.filter(name__iexact=name).order_by("pk").first():
        return standing
    try:
        with transaction.atomic():
            return Organisation.objects.create(name=name, slug=_free_slug(name))
    except IntegrityError:  # another action made it meanwhile
        return Organisation.objects.filter(name__iexact=name).first()


def _free_slug(name: str) -> str:
    wanted = slug_of(name, max_length=50).strip("-") or "organisation"
    taken = set(Organisation.objects.filter(slug__startswith=wanted).values_list("slug", flat=True))
    numbered = (f"{wanted}-{number}" for number in range(2, len(taken) + 3))
    return wanted if wanted not in taken else next(slug for slug in numbered if slug not in taken)
