from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from django.db.models import Exists, OuterRef, Q, QuerySet
from django.http import Http404

from community.members.models import Member
from community.notifications.models import Notice
from community.notifications.ports import NOTICE_KINDS, NoticeKind, Shown

PAGE_SIZE = 20
MOST_OF_A_PAGE = 2000  # notices; a line of more than are left says so many
Line = tuple[str, int | None, datetime | None]


@dataclass(frozen=True)
class ShownNotice:
    """One line: a notice, or several of one kind about one subject that wait together or were read together."""

    notice: Notice
    shown: Shown
    count: int = 1

    @property
    def text(self) -> str:
        return self.shown.many(self.count) if self.shown.many and self.count > 1 else self.shown.text


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
    def newest(self) -> int:
        """Id of the first; 0 where there is none."""
        return self.notices[0].notice.pk if self.notices else 0

    @property
    def next_page(self) -> int:
        return self.page + 1


def unread_count(member: Member) -> int:
    """How many lines. One query. What was withdrawn since is not counted."""
    return unread_notices(member).count()


def unread_notices(member: Member) -> QuerySet[Notice]:
    """To be counted: the latest of each line."""
    return _lines(_standing(member).filter(read_at=None))


def latest_unread(member: Member, most: int) -> list[int]:
    """Ids, the latest first: one a line. One query."""
    return list(unread_notices(member).order_by("-pk").values_list("pk", flat=True)[:most])


def notices_of(member: Member, page: int = 1, *, unread_only: bool = False) -> NoticePage:
    """The latest first, each asked again; two queries, and at most one a kind beside its room's own."""
    standing = _standing(member).filter(read_at=None) if unread_only else _standing(member)
    start = (max(1, page) - 1) * PAGE_SIZE
    found = list(_lines(standing).order_by("-pk")[start : start + PAGE_SIZE + 1])
    shown = _shown(member, found[:PAGE_SIZE])
    return NoticePage(notices=shown, page=max(1, page), has_next=len(found) > PAGE_SIZE)


def notice_for(member: Member, notice_id: int) -> ShownNotice:
    """Raises: Http404 where it is not hers, or she may not see any more what it is about."""
    shown = _shown(member, _standing(member).filter(pk=notice_id))
    if not shown:
        raise Http404
    return shown[0]


def in_one_line(notice: Notice) -> QuerySet[Notice]:
    """The notice and those that are told with it."""
    alone = Notice.objects.filter(pk=notice.pk)
    if notice.subject_id is None:
        return alone
    return _standing(notice.member_id).filter(kind=notice.kind, subject_id=notice.subject_id, read_at=notice.read_at)


def members_told(kinds: Iterable[NoticeKind], target_id: int) -> set[int]:
    """Ids of those who have a notice of one of these kinds about this thing, withdrawn or not."""
    notices = Notice.objects.filter(kind__in=[kind.name for kind in kinds], target_id=target_id)
    return set(notices.values_list("member_id", flat=True))


def was_told_since(member_id: int, kind: NoticeKind, target_id: int, since: datetime) -> bool:
    """Whether she has a notice of this kind about this thing that is not older, withdrawn or not."""
    return Notice.objects.filter(member=member_id, kind=kind.name, target_id=target_id, at__gte=since).exists()


def _standing(member: Member | int) -> QuerySet[Notice]:
    return Notice.objects.filter(member=member, withdrawn_at=None)


def _lines(notices: QuerySet[Notice]) -> QuerySet[Notice]:
    """The latest of each line."""
    later = Notice.objects.filter(
        member=OuterRef("member_id"),
        kind=OuterRef("kind"),
        subject_id=OuterRef("subject_id"),
        withdrawn_at=None,
        pk__gt=OuterRef("pk"),
    )
    waiting, read = Exists(later.filter(read_at=None)), Exists(later.filter(read_at=OuterRef("read_at")))
    return notices.exclude(Q(waiting, read_at=None) | Q(read, read_at__isnull=False))


def _whole_lines(member: Member, latest: list[Notice]) -> list[list[Notice]]:
    """Each of these with all that is told with it, the oldest first. One query, or none where all stand alone."""
    together = [notice for notice in latest if notice.subject_id is not None]
    lines: dict[Line, list[Notice]] = defaultdict(list)
    if together:
        read = {notice.read_at for notice in together}
        rows = _standing(member).filter(
            Q(read_at=None) | Q(read_at__in=read - {None}),
            kind__in={notice.kind for notice in together},
            subject_id__in={notice.subject_id for notice in together},
        )
        for notice in rows.order_by("-pk")[:MOST_OF_A_PAGE]:
            lines[_line(notice)].append(notice)
    return [lines[_line(notice)][::-1] or [notice] for notice in latest]


def _line(notice: Notice) -> Line:
    return notice.kind, notice.subject_id, notice.read_at


def _shown(member: Member, latest: Iterable[Notice]) -> list[ShownNotice]:
    lines = _whole_lines(member, list(latest))
    targets: dict[str, set[int]] = defaultdict(set)
    for told in lines:
        targets[told[0].kind].update(notice.target_id for notice in told)
    said = {name: NOTICE_KINDS[name].shown(member, ids) for name, ids in targets.items() if name in NOTICE_KINDS}
    shown = []
    for told in lines:
        here = said.get(told[0].kind, {})
        seen = [here[notice.target_id] for notice in told if notice.target_id in here]
        if seen:  # it leads to the first that she has not read
            shown.append(ShownNotice(told[-1], seen[0], len(seen)))
    return shown
