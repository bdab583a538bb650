from collections.abc import Iterable

from django.utils import timezone

from community.facts.actions import action
from community.members.models import Member
from community.notifications.models import Notice
from community.notifications.ports import NoticeKind


@action
def notify(member_id: int, kind: NoticeKind, *, target_id: int, fact_id: int, actor_id: int | None = None) -> None:
    """Tell a member, once a fact; not where she may not see what it is about, and never what she did herself."""
    if member_id == actor_id:
        return
    member = Member.objects.filter(pk=member_id, is_active=True).first()
    if member is None or target_id not in kind.shown(member, [target_id]):
        return
    Notice.objects.bulk_create(
        [Notice(member=member, kind=kind.name, target_id=target_id, actor_id=actor_id, fact_id=fact_id)],
        ignore_conflicts=True,
    )


@action
def review(kind: NoticeKind, target_ids: Iterable[int]) -> None:
    """What may be seen of these things has changed: withdraw what is about them, or bring it back, member by member."""
    notices = Notice.objects.filter(kind=kind.name, target_id__in=target_ids).select_related("member")
    for notice in notices.select_for_update(of=("self",), no_key=True).order_by("pk"):
        is_shown = notice.member.is_active and notice.target_id in kind.shown(notice.member, [notice.target_id])
        if is_shown == (notice.withdrawn_at is not None):
            notice.withdrawn_at = None if is_shown else timezone.now()
            notice.save(update_fields=["withdrawn_at"])


@action
def mark_read(notice: Notice) -> None:
    Notice.objects.filter(pk=notice.pk, read_at=None).update(read_at=timezone.now())


@action
def mark_all_read(member: Member) -> None:
    Notice.objects.filter(member=member, read_at=None).update(read_at=timezone.now())
