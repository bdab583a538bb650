"""Who may see and do what with files. What a file is attached to decides, by its own room's rules."""

from collections import defaultdict
from collections.abc import Iterable

from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.db.models import Sum
from django.template.defaultfilters import filesizeformat
from django.utils.translation import pgettext, pgettext_lazy

from community.files.choices import State
from community.files.models import StoredFile
from community.files.ports import HOLDERS
from community.limits.rates import allow
from community.members.models import Member
from community.members.rules import can_write
from community.members.rulings import YES, Ruling, Viewer, no

UNSEEN = no(pgettext_lazy("why not", "You do not have access to this."))
BEGUN_AN_HOUR = 120  # files of one member
COUNTED = (State.ARRIVING, State.PREPARING, State.READY)


def seen_of(viewer: Viewer, files: Iterable[StoredFile]) -> set[int]:
    """Ids of those of these files that the viewer may see. One question a kind of holder."""
    shown = [file for file in files if file.state != State.GONE]
    by_holder: dict[str, dict[int, list[int]]] = defaultdict(lambda: defaultdict(list))
    for file in shown:
        if file.held_id is not None:
            by_holder[file.held_by][file.held_id].append(file.pk)
    seen = {file.pk for file in shown if file.held_id is None and is_own(viewer, file)}
    for name, held in by_holder.items():
        if name in HOLDERS:
            seen.update(pk for held_id in HOLDERS[name].seen(viewer, list(held)) for pk in held[held_id])
    return seen


def can_see_file(viewer: Viewer, file: StoredFile) -> Ruling:
    """What is attached to nothing is its owner's alone."""
    return YES if file.pk in seen_of(viewer, [file]) else UNSEEN


def is_public(file: StoredFile) -> bool:
    return bool(can_see_file(AnonymousUser(), file))


def is_own(viewer: Viewer, file: StoredFile) -> bool:
    return isinstance(viewer, Member) and viewer.is_active and file.owner_id == viewer.pk


def can_delete_file(viewer: Viewer, file: StoredFile) -> Ruling:
    """Its owner may, also where it is attached to something that she does not see any more."""
    if is_own(viewer, file) and file.state != State.GONE:
        return YES
    if not can_see_file(viewer, file):
        return UNSEEN
    return no(pgettext_lazy("why not", "Only its owner may delete this file."))


def bytes_of(member: Member) -> int:
    """What she keeps here, and what is on its way."""
    own = StoredFile.objects.filter(owner=member, state__in=COUNTED)
    return own.aggregate(total=Sum("size"))["total"] or 0


def can_begin_file(member: Member, *, size: int) -> Ruling:
    """Counts one more try. Params: size, bytes as announced."""
    if not (writing := can_write(member)):
        return writing
    if size < 1:
        return no(pgettext_lazy("why a file is refused", "This file is empty."))
    most = max(settings.DOCUMENT_BYTES, settings.IMAGE_BYTES)
    if size > most:
        words = pgettext("why a file is refused", "This file has %(size)s. A file may have %(most)s at most.")
        return no(words % {"size": filesizeformat(size), "most": filesizeformat(most)})
    if (left := settings.MEMBER_BYTES - bytes_of(member)) < size:
        words = pgettext(
            "why a file is refused",
            "This file has %(size)s, and of your %(most)s only %(left)s are left. "
            "Delete what you no longer need under “My files”.",
        )
        sizes = {"size": size, "most": settings.MEMBER_BYTES, "left": max(0, left)}
        return no(words % {name: filesizeformat(number) for name, number in sizes.items()})
    if not allow(f"files:{member.pk}", times=BEGUN_AN_HOUR, seconds=3600):
        return no(pgettext_lazy("why a file is refused", "That was a lot of files in one hour. Go on a little later."))
    return YES
