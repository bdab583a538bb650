"""What a member has begun to write. Her own text she always sees; where it was to stand, only as far as she may."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any

from django.http import Http404
from django.urls import reverse
from django.utils.translation import get_language

from community.files.choosing import ids_in
from community.files.queries import attachable
from community.members.models import Member
from community.text.excerpts import excerpt
from forums.choices import POSTS
from forums.models import Draft
from forums.queries.paging import PageNumbers, rows_of_page
from forums.rules import seeable_forums, seeable_posts, seeable_threads
from i18n.languages import DEFAULT
from i18n.texts import said

EXCERPT_LENGTH = 200  # characters


@dataclass(frozen=True)
class Begun:
    """A draft with its place: the place's title, and the address where she may go on writing; empty for none."""

    draft: Draft
    title: str
    url: str
    excerpt: str


@dataclass(frozen=True)
class DraftPage(PageNumbers):
    drafts: list[Begun]
    discarded: list[Begun]


def draft_of(member: Member, place: str) -> Draft | None:
    return Draft.objects.filter(member=member, place=place, discarded_at=None).first()


def draft_with_id(member: Member, draft_id: int) -> Draft:
    """Hers, discarded or not. Raises: Http404."""
    draft = Draft.objects.filter(member=member, pk=draft_id).first()
    if draft is None:
        raise Http404
    return draft


def drafts_of(member: Member, page: int = 1) -> DraftPage:
    """The latest first, and on the first page those discarded lately. A query for both, and one a kind of place."""
    hers = Draft.objects.filter(member=member)
    rows, numbers = rows_of_page(hers.filter(discarded_at=None).order_by("-saved_at", "-pk"), page=page, at_least=0)
    lately = hers.filter(discarded_at__isnull=False).order_by("-discarded_at", "-pk")
    discarded = list(lately[:5]) if numbers.page == 1 else []
    places = _places(member, [*rows, *discarded])
    return DraftPage(
        drafts=[_begun(draft, places) for draft in rows],
        discarded=[_begun(draft, places) for draft in discarded],
        page=numbers.page,
        page_count=numbers.page_count,
    )


def place_of(member: Member, draft: Draft) -> Begun:
    return _begun(draft, _places(member, [draft]))


def _begun(draft: Draft, places: dict[str, tuple[str, str]]) -> Begun:
    title, url = places.get(draft.place, ("", ""))
    return Begun(draft, title, url, excerpt(text_of(draft.fields), EXCERPT_LENGTH))


def text_of(fields: dict[str, Any]) -> str:
    return "\n\n".join(str(fields[name]) for name in ("title", "body") if fields.get(name))


def whole_text_of(member: Member, fields: dict[str, Any]) -> str:
    """All that she typed or chose, a paragraph each; files by their names."""
    files = attachable(member, ids_in(str(fields.get("files", ""))), holder=POSTS, held_id=None)
    names = ("title", "body", "tags", "poll-question", "poll-options")
    texts = [str(fields[name]) for name in names if fields.get(name)]
    return "\n\n".join([*texts, "\n".join(file.name for file in files)]).strip()


def _places(member: Member, drafts: Iterable[Draft]) -> dict[str, tuple[str, str]]:
    """By place: title and address."""
    ids: dict[str, list[int]] = defaultdict(list)
    for draft in drafts:
        kind, _, number = draft.place.partition(":")
        ids[kind].append(int(number))
    found: dict[str, tuple[str, str]] = {}
    for thread in seeable_threads(member).filter(pk__in=ids["thread"]) if ids["thread"] else ():
        address = reverse("forums:thread", args=[thread.pk, thread.slug])
        found[f"thread:{thread.pk}"] = (thread.title, f"{address}#reply")
    for forum in seeable_forums(member).filter(pk__in=ids["forum"]) if ids["forum"] else ():
        title = said(forum, "title", get_language() or DEFAULT).text
        found[f"forum:{forum.pk}"] = (title, reverse("forums:new", args=[forum.slug]))
    posts = seeable_posts(member).filter(pk__in=ids["post"]).select_related("thread")
    for post in posts if ids["post"] else ():
        found[f"post:{post.pk}"] = (post.thread.title, reverse("forums:edit", args=[post.pk]))
    return found
