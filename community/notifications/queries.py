from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import QuerySet
from django.http import Http404

from community.members.models import Member
from community.notifications.models import Notice
from community.notifications.ports import NOTICE_KINDS, NoticeKind, Shown

PAGE_SIZE = 20


@dataclass(frozen=True)
class ShownNotice:
    notice: Notice
    shown: Shown


@dataclass(frozen=True)
class NoticePage:
    notices: list[ShownNotice]
    page: int
    has_next: bool

    @property
    def has_previous(self) -> bool:
        return self.page > 1

    @property
    def previous_page(self) -> int:
        return self.page - 1

    @property
    def next_page(self) -> int:
        return self.page + 1


def unread_count(member: Member) -> int:
    """One query. What was withdrawn since is not counted."""
    return unread_notices(member).count()


def unread_notices(member: Member) -> QuerySet[Notice]:
    """To be counted."""
    return _standing(member).filter(read_at=None)


def notices_of(member: Member, page: int = 1) -> NoticePage:
    """The latest first, each asked again; at most one query a kind beside its room's own."""
    start = (max(1, page) - 1) * PAGE_SIZE
    found = list(_standing(member).order_by("-pk")[start : start + PAGE_SIZE + 1])
    shown = _shown(member, found[:PAGE_SIZE])
    return NoticePage(notices=shown, page=max(1, page), has_next=len(found) > PAGE_SIZE)


def notice_for(member: Member, notice_id: int) -> ShownNotice:
    """Raises: Http404 where it is not hers, or she may not see any more what it is about."""
    shown = _shown(member, _standing(member).filter(pk=notice_id))
    if not shown:
        raise Http404
    return shown[0]


def members_told(kinds: Iterable[NoticeKind], target_id: int) -> set[int]:
    """Ids of those who have a notice of one of these kinds about this thing, withdrawn or not."""
    notices = Notice.objects.filter(kind__in=[kind.name for kind in kinds], target_id=target_id)
    return set(notices.values_list("member_id", flat=True))


def _standing(member: Member) -> QuerySet[Notice]:
    return Notice.objects.filter(member=member, withdrawn_at=None)


def _shown(member: Member, notices: Iterable[Notice]) -> list[ShownNotice]:
    notices, targets = list(notices), defaultdict(list)
    for notice in notices:
        targets[notice.kind].append(notice.target_id)
    said = {name: NOTICE_KINDS[name].shown(member, ids) for name, ids in targets.items() if name in NOTICE_KINDS}
    return [
        ShownNotice(notice, said[notice.kind][notice.target_id])
        for notice in notices
        if notice.target_id in said.get(notice.kind, {})
    ]
