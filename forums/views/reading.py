"""Reading a thread: its pages, and how far one has come."""

from typing import Any
from uuid import uuid4

from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_POST

from community.files.choosing import Chosen, begun
from community.live.keep import ACCESS, SITE, heads_of, keep
from community.members.keeping import kept_fields, sign_in_first
from community.members.rulings import Viewer
from forums.actions import mark_all_read, mark_read
from forums.choices import POSTS, ForumKind
from forums.forms import ReplyForm
from forums.models import Exchange, Post, Thread
from forums.ports import subject_of
from forums.queries import (
    draft_of,
    first_unread,
    forum_for,
    page_of_post,
    post_for,
    posts_of_thread,
    thread_for,
)
from forums.queries.about import card_of
from forums.queries.exchanges import exchange_of_thread
from forums.rules import can_see_post, files_a_post
from forums.views.board import page_number
from forums.views.exchanges.parts import exchange_parts
from forums.views.showing import quoted_body, thread_context


def thread(request: HttpRequest, thread_id: int, slug: str = "") -> HttpResponse:
    # Before the rows: what comes between is sent again, never missed.
    heads = keep(request, f"thread:{thread_id}", *own_stream(request))
    found = thread_for(request.user, thread_id, made_from=_made_from(heads, thread_id))
    if exchange := exchange_of_thread(found):  # its page shows the conversation with all that belongs to it
        address = reverse("forums:exchange", args=[exchange.pk, exchange.slug])
        return HttpResponseRedirect(with_query(request, address))
    if slug != found.slug:
        return HttpResponseRedirect(with_query(request, thread_address(found.pk, found.slug)))
    return show_thread(request, found, page=page_number(request), heads=heads)


def own_stream(request: HttpRequest) -> list[str]:
    return [f"member:{request.user.pk}"] if request.user.is_authenticated else []


def show_thread(
    request: HttpRequest,
    thread: Thread,
    *,
    page: int,
    heads: dict[str, int] | None = None,
    form: ReplyForm | None = None,
    files: Chosen | None = None,
    preview: str | None = None,
    exchange: Exchange | None = None,
) -> HttpResponse:
    """One page of a thread, with the reply form as given or begun from draft, quote or comment."""
    heads = heads_of([f"thread:{thread.pk}", *own_stream(request)]) if heads is None else heads
    subject = subject_of(thread.about_type_id)
    if subject is not None:
        keep(request, subject.stream)
    posts = posts_of_thread(request.user, thread, page, made_from=_made_from(heads, thread.pk))
    shown_form = form or begun_reply(request, thread.pk)
    if thread.forum.kind == ForumKind.QUESTIONS:
        shown_form.for_question()
    context = thread_context(request, thread, posts) | {
        "form": shown_form,
        "files": begun_files(request, shown_form) if files is None else files,
        "preview": preview,
        "seq": heads[f"thread:{thread.pk}"],
        "member_seq": heads.get(f"member:{request.user.pk}"),
        "subject": subject,
        "about_card": card_of(request.user, thread, subject) if subject else None,
    }
    is_wrong = (form is not None and form.errors) or (files is not None and files.errors)
    status = 422 if is_wrong else 200
    if exchange := exchange or exchange_of_thread(thread):
        context |= exchange_parts(request, exchange)
        return render(request, "forums/exchanges/conversation.html", context, status=status)
    return render(request, "forums/thread.html", context, status=status)


def _made_from(heads: dict[str, int], thread_id: int) -> tuple[int, ...] | None:
    """None where not all of these numbers were read."""
    needed = (f"thread:{thread_id}", SITE, ACCESS)
    return tuple(heads[stream] for stream in needed) if heads.keys() >= set(needed) else None


def begun_files(request: HttpRequest, form: ReplyForm) -> Chosen:
    """Those of the draft; no query where there are none."""
    value = str(form.initial.get("files", ""))
    if not request.user.is_authenticated:
        return Chosen()
    most = files_a_post(request.user)
    return begun(request.user, value, holder=POSTS, most=most) if value else Chosen(most=most)


def begun_reply(request: HttpRequest, thread_id: int) -> ReplyForm:
    """A reply as it was left: the kept draft, the quoted post, or empty. A new token for a new submission."""
    initial: dict[str, Any] = {"token": uuid4().hex, "language": getattr(request, "LANGUAGE_CODE", "en")}
    if not request.user.is_authenticated:
        return ReplyForm(initial=initial)
    draft = draft_of(request.user, f"thread:{thread_id}")
    initial |= draft.fields if draft else {}
    initial |= kept_fields(request, back=request.path)
    initial |= quoted_body(request, thread_id, before=initial.get("body", ""))
    form = ReplyForm(initial=initial)
    form.draft = draft
    return form


def post(request: HttpRequest, post_id: int) -> HttpResponse:
    """Jump to a post on whichever page it stands."""
    return redirect(address_of_post(request, post_id))


def address_of_post(request: HttpRequest, post_id: int) -> str:
    return place_on_page(request.user, post_for(request.user, post_id))


def place_on_page(viewer: Viewer, post: Post) -> str:
    """Params: post, one that the viewer sees."""
    page = page_of_post(viewer, post)
    address = reverse("forums:thread", args=[post.thread_id, post.thread.slug])
    return f"{address}{f'?page={page}' if page > 1 else ''}#post-{post.pk}"


def first_unread_post(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = thread_for(request.user, thread_id)
    unread = first_unread(request.user, thread)
    return redirect(address_of_post(request, unread) if unread else thread_address(thread_id, thread.slug))


@require_POST
def mark_thread_read(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = thread_for(request.user, thread_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, back=thread_address(thread.pk, thread.slug))
    up_to = request.POST.get("up_to", "")
    last = post_for(request.user, int(up_to)) if up_to.isascii() and up_to.isdigit() and len(up_to) < 16 else None
    if last is not None and last.thread_id == thread.pk and can_see_post(request.user, last):
        mark_read(thread, member=request.user, up_to=last.pk)
    if request.headers.get("Accept", "").startswith("application/json"):
        return HttpResponse(status=204)
    return redirect(thread_address(thread.pk, thread.slug))


@require_POST
def mark_forum_read(request: HttpRequest, slug: str) -> HttpResponse:
    forum = forum_for(request.user, slug)
    if not request.user.is_authenticated:
        return sign_in_first(request, back=reverse("forums:forum", args=[slug]))
    mark_all_read(request.user, forum=forum)
    return redirect("forums:forum", slug)


def thread_address(thread_id: int, slug: str) -> str:
    return reverse("forums:thread", args=[thread_id, slug])


def with_query(request: HttpRequest, address: str) -> str:
    query = request.META.get("QUERY_STRING", "")
    return f"{address}?{query}" if query else address
