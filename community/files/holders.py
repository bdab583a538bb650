"""A member's photo is seen where her page is. Members stand below this room, so it is said here."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import pgettext

from community.files.actions.settling import PHOTOS
from community.files.ports import Holder, Place, holds
from community.members.models import Member
from community.members.rules import visible_members
from community.members.rulings import Viewer


def _seen(viewer: Viewer, ids: Iterable[int]) -> set[int]:
    return set(visible_members(viewer).filter(pk__in=ids).values_list("pk", flat=True))


def _shown(member: Member, ids: Iterable[int]) -> dict[int, Place]:
    place = Place(title=pgettext("where a file is used", "Your photo"), address=reverse("members:profile"))
    return dict.fromkeys(ids, place)


def _changed(member_id: int) -> None:
    """`show_photo` has said so."""


holds(Holder(PHOTOS, _seen, _shown, _changed))
