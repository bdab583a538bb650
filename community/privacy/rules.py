from datetime import timedelta

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from community.members.models import Member
from community.members.rules import can_be_spared
from community.members.rulings import YES, Ruling, Viewer, no
from community.privacy.models import Archive

ONE_IN = timedelta(days=1)


def can_ask_for_archive(member: Member) -> Ruling:
    if Archive.objects.filter(member=member, asked_at__gt=timezone.now() - ONE_IN).exists():
        return no(pgettext_lazy("refusal", "You asked for your data within the last day. Please ask again tomorrow."))
    return YES


def can_leave(viewer: Viewer) -> Ruling:
    if isinstance(viewer, Member) and not can_be_spared(viewer):
        return no(pgettext_lazy("refusal", "You are the only administrator. Make somebody else one before you leave."))
    return YES


def can_take_archive(viewer: Viewer, archive: Archive) -> bool:
    """Hers alone, once it is made, until its days are over."""
    ends = archive.expires_at
    return viewer.pk == archive.member_id and ends is not None and ends > timezone.now()
