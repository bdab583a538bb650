from collections.abc import Iterable

from django.db.models import QuerySet
from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.notifications.facts import NoticesChanged
from community.notifications.models import Notice
from community.notifications.ports import NOTICE_KINDS, NoticeKind
from community.notifications.queries import in_one_line


@action
def notify(
    member_id: int,
    kind: NoticeKind,
    *,
    target_id: int,
    fact_id: int,
    actor_id: int | None = None,
    subject_id: int | None = None,
) -> None:
    """Tell a member, once a fact; not where she may not see what it is about, and never what she did herself.

    Params: subject_id, what several notices of this kind are told of in one line: a thread.
    Records: NoticesChanged.
    """
    if member_id == actor_id:
        return
    member = Member.objects.filter(pk=member_id, is_active=True).first()
    if member is None or target_id not in kind.shown(member, [target_id]):
        return
    if kind.is_state:
        told = Notice.objects.filter(member=member, kind=kind.name, target_id=target_id)
        if told.filter(fact_id__gt=fact_id).exists():  # this one comes late
            return
        told.filter(fact_id__lt=fact_id).delete()
    Notice.objects.bulk_create(
        [
            Notice(
                member=member,
                kind=kind.name,
                target_id=target_id,
                subject_id=subject_id,
                actor_id=actor_id,
                fact_id=fact_id,
            )
        ],
        ignore_conflicts=True,
    )
    _tell(member_id)


@action
def review(target_ids: Iterable[int], *kinds: NoticeKind) -> None:
    """Who may see these things has changed: withdraw what is about them, or bring it back, member by member.

    Params: target_ids, ids or a queryset of ids; kinds, of notices that speak of them.
    """
    _review(Notice.objects.filter(kind__in=[kind.name for kind in kinds], target_id__in=target_ids))


@action
def review_member(member_id: int, *kinds: NoticeKind) -> None:
    """What this member may see has changed. Params: kinds, of which alone that is so; none for all."""
    hers = Notice.objects.filter(member_id=member_id)
    _review(hers.filter(kind__in=[kind.name for kind in kinds]) if kinds else hers)


def _review(notices: QuerySet[Notice]) -> None:
    held = notices.select_related("member").select_for_update(of=("self",), no_key=True).order_by("pk")
    for notice in held:
        is_shown = _is_shown(notice)
        if is_shown != (notice.withdrawn_at is None):
            notice.withdrawn_at = None if is_shown else timezone.now()
            notice.save(update_fields=["withdrawn_at"])
            _tell(notice.member_id)


def _is_shown(notice: Notice) -> bool:
    kind = NOTICE_KINDS.get(notice.kind)
    return kind is not None and notice.target_id in kind.shown(notice.member, [notice.target_id])


@action
def mark_read(notice: Notice) -> None:
    """With all that is told in its line: what was read together stays one line."""
    if in_one_line(notice).filter(read_at=None).update(read_at=timezone.now()):
        _tell(notice.member_id)


@action
def mark_all_read(member: Member) -> None:
    if Notice.objects.filter(member=member, read_at=None).update(read_at=timezone.now()):
        _tell(member.pk)


def _tell(member_id: int) -> None:
    """Her open pages show how many wait."""
    record(NoticesChanged(member_id), streams=[f"member:{member_id}"])
