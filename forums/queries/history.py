"""The versions of a post, the newest first, with what each changed."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from django.http import Http404
from django.utils.safestring import SafeString

from community.members.models import Member
from community.members.rulings import Viewer
from community.text.diffs import diff_html
from forums.choices import PostKind
from forums.models import Post, Revision
from forums.queries.paging import PageNumbers
from forums.rules import can_see_revision, reads_hidden_revisions

VERSIONS_SHOWN = 10  # a page; each may cost a comparison
COMPARED_BEYOND = 3  # rows of the page after it, where the next version is hidden


@dataclass(frozen=True)
class Version:
    """One text of a post, and who wrote it when and why.

    Params: revision, the row that keeps it, None for the text that stands now; body, None where the viewer may not
    read it: then there is no title and no reason either.
    """

    number: int  # from 1, the first
    revision: Revision | None
    by: Member | None
    at: datetime
    reason: str
    title: str | None
    body: str | None
    title_diff: SafeString | None = None
    body_diff: SafeString | None = None

    @property
    def is_hidden(self) -> bool:
        """From others."""
        return self.revision is not None and self.revision.hidden_at is not None


@dataclass(frozen=True)
class History(PageNumbers):
    versions: list[Version]


def history_of(viewer: Viewer, post: Post, *, page: int) -> History:
    """Each version is compared with the one before it that the viewer may read, so that nothing of a hidden one shows.

    At most three queries. Params: post, one that the viewer sees.
    """
    count = post.revisions.count() + 1
    page_count = -(-count // VERSIONS_SHOWN)
    page = min(max(1, page), page_count)
    first = (page - 1) * VERSIONS_SHOWN
    kept = post.revisions.select_related("replaced_by").order_by("-pk")
    rows: list[Revision | None] = list(kept[max(0, first - 1) : first + VERSIONS_SHOWN + COMPARED_BEYOND])
    rows = rows if first else [None, *rows]
    versions = _versions(viewer, post, rows, newest=count - first)
    shown = [_compared(versions, place) for place in range(min(VERSIONS_SHOWN, count - first))]
    return History(page=page, page_count=page_count, versions=shown)


def revision_for(viewer: Viewer, post: Post, revision_id: int) -> Revision:
    """Raises: Http404 where the post has no such version, or none for this viewer."""
    revision = post.revisions.filter(pk=revision_id).first()
    if revision is None:
        raise Http404
    revision.post = post
    if not can_see_revision(viewer, revision):
        raise Http404
    return revision


def _versions(viewer: Viewer, post: Post, rows: Sequence[Revision | None], *, newest: int) -> list[Version]:
    """One for each row, None for what stands now. Who wrote a text stands in the row before it: the next one here."""
    title = _title_before(post, rows[0])
    found, reads_hidden = [], reads_hidden_revisions(viewer, post)
    for place, revision in enumerate(rows):
        if revision is not None:
            revision.post = post
            title = title and (revision.title or title)
        made_by = rows[place + 1] if place + 1 < len(rows) else None
        is_read = revision is None or revision.hidden_at is None or reads_hidden
        found.append(
            Version(
                number=newest - place,
                revision=revision,
                by=made_by.replaced_by if made_by else post.author,
                at=made_by.replaced_at if made_by else post.written_at,
                reason=made_by.reason if made_by and is_read else "",
                title=title if is_read else None,
                body=(revision.body_markdown if revision else post.body_markdown) if is_read else None,
            )
        )
    return found


def _title_before(post: Post, newest: Revision | None) -> str | None:
    """The title in the version after this one: it is kept only where it changed. None for all but opening posts."""
    if post.kind != PostKind.OPENING:
        return None
    later = (
        post.revisions.filter(pk__gt=newest.pk).exclude(title="").order_by("pk") if newest else post.revisions.none()
    )
    return later.values_list("title", flat=True).first() or post.thread.title


def _compared(versions: Sequence[Version], place: int) -> Version:
    version = versions[place]
    before = next((each for each in versions[place + 1 :] if each.body is not None), None)
    if version.body is None or before is None or before.body is None:
        return version
    is_retitled = version.title is not None and before.title is not None and version.title != before.title
    title_diff = diff_html(before.title or "", version.title or "") if is_retitled else None
    return replace(version, body_diff=diff_html(before.body, version.body), title_diff=title_diff)
