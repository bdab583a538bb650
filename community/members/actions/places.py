"""The places in which a member is signed in."""

from collections.abc import Collection
from dataclasses import dataclass

from django.contrib.sessions.models import Session
from django.utils import timezone

from community.facts.actions import action, record
from community.members.devices import browser_of, network_of, system_of
from community.members.facts import MemberSignedOut
from community.members.models import Member, SignedInPlace


@dataclass(frozen=True)
class Use:
    """A session was used. Params: agent, as the browser names itself; address, of the network."""

    session_key: str
    member_id: int
    agent: str
    address: str


@action
def note_place(use: Use) -> None:
    """She has just signed in here. Places of hers whose session is over are forgotten."""
    old = SignedInPlace.objects.filter(member_id=use.member_id)
    old.exclude(session_key__in=Session.objects.values("session_key")).delete()
    SignedInPlace.objects.update_or_create(session_key=use.session_key, defaults=_in_words(use))


@action
def note_uses(uses: Collection[Use]) -> None:
    """Sessions that were used of late, and that stand. A handful of statements, however many there are."""
    keys = {use.session_key for use in uses}
    known = set(SignedInPlace.objects.filter(session_key__in=keys).values_list("session_key", flat=True))
    # One that was ended after its last use is not put back into the list; held, so that none ends meanwhile.
    held = Session.objects.select_for_update(no_key=True).filter(session_key__in=keys - known).order_by("session_key")
    standing = set(held.values_list("session_key", flat=True)) if keys - known else set()
    new = [SignedInPlace(session_key=use.session_key, **_in_words(use)) for use in uses if use.session_key in standing]
    # A member may be gone meanwhile, and a session be noted by two processes at once.
    here = set(Member.objects.filter(pk__in={place.member_id for place in new}).values_list("pk", flat=True))
    SignedInPlace.objects.bulk_create([place for place in new if place.member_id in here], ignore_conflicts=True)
    SignedInPlace.objects.filter(session_key__in=known).update(last_used_at=timezone.now())


@action
def follow_place(old_key: str, new_key: str) -> None:
    """The same browser, whose session got another key."""
    SignedInPlace.objects.filter(session_key=old_key).update(session_key=new_key)


@action
def forget_place(session_key: str) -> None:
    """She signed out here herself."""
    SignedInPlace.objects.filter(session_key=session_key).delete()


@action
def end_place(place: SignedInPlace) -> None:
    """Sign her out there. Records MemberSignedOut on `access`: open sockets of that session close."""
    _end(place.member_id, [place.session_key])


@action
def end_other_places(member: Member, *, but: str) -> int:
    """Sign her out everywhere but in this session. Returns how many there were."""
    others = SignedInPlace.objects.filter(member=member).exclude(session_key=but)
    keys = list(others.values_list("session_key", flat=True))
    _end(member.pk, keys)
    return len(keys)


def _end(member_id: int, keys: list[str]) -> None:
    Session.objects.filter(session_key__in=keys).delete()
    SignedInPlace.objects.filter(session_key__in=keys).delete()
    record(MemberSignedOut(member_id), streams=["access"], actor_id=member_id)


def _in_words(use: Use) -> dict[str, object]:
    return {
        "member_id": use.member_id,
        "browser": browser_of(use.agent),
        "system": system_of(use.agent),
        "network": network_of(use.address),
        "last_used_at": timezone.now(),
    }
