"""Writing: a new thread, a reply, an edit, a preview."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.safestring import SafeString, mark_safe
from django.views.decorators.http import require_POST

from community.files.choosing import Chosen, begun, chosen
from community.members.keeping import is_by_script, kept_fields, signed_out
from community.members.models import Member
from community.members.rulings import insist
from community.polls.forms import PollForm
from forums.actions import EditConflict, edit_post, open_thread, post_reply
from forums.actions.writing import rendered
from forums.choices import POSTS, ForumKind, PostKind
from forums.forms import TITLE_LENGTH, EditForm, OpeningEditForm, ReplyForm, ThreadForm
from forums.models import Forum, Post, Thread
from forums.queries import draft_of, forum_for, post_for, thread_for
from forums.rules import can_edit_post, can_open_thread, can_reply, files_a_post, seeable_forums
from forums.views.reading import address_of_post, place_on_page, show_thread, thread_address, with_query
from forums.views.similar import alike
from i18n.detect import language_of_text


def new_thread(request: HttpRequest, slug: str) -> HttpResponse:
    forum = forum_for(request.user, slug)
    if forum.kind == ForumKind.EXCHANGE:
        return redirect(f"{reverse('forums:ask-exchange')}?forum={forum.slug}")
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_open_thread(request.user, forum))
    if request.method != "POST":
        form, poll = begun_thread(request, request.user, forum)
        files = begun(request.user, files_begun(form), holder=POSTS, most=files_a_post(request.user))
        return show_thread_form(request, forum, form, poll, files)
    form, poll = ThreadForm(request.POST, author=request.user), PollForm(request.POST)
    files = chosen(request, request.user, holder=POSTS, most=files_a_post(request.user))
    if not all([form.is_valid(), poll.is_valid()]) or wants_preview(request) or not files:
        return show_thread_form(request, forum, form, poll, files)
    fields = with_language(request, form.cleaned_data) | {"files": files.ids, "alts": files.alts}
    thread = open_thread(forum=forum, author=request.user, poll=poll.plan, **fields)
    return redirect(f"{thread_address(thread.pk, thread.slug)}?sent=forum:{forum.pk}")


def ask_somewhere(request: HttpRequest) -> HttpResponse:
    """From a search that found nothing: into the first forum of questions that this reader sees, her words as title."""
    forums = seeable_forums(request.user).filter(kind=ForumKind.QUESTIONS).order_by("group__position", "position", "pk")
    forum = forums.first()
    if forum is None:
        return redirect("forums:index")
    return redirect(with_query(request, reverse("forums:new", args=[forum.slug])))


def begun_thread(request: HttpRequest, author: Member, forum: Forum) -> tuple[ThreadForm, PollForm]:
    draft = draft_of(author, f"forum:{forum.pk}")
    asked = request.GET.get("title", "")[:TITLE_LENGTH]
    initial = {"token": uuid4().hex, "language": spoken(request), "title": asked, **(draft.fields if draft else {})}
    initial |= kept_fields(request, back=request.path)
    form = ThreadForm(initial=initial)
    form.draft = draft
    of_poll = {name.removeprefix("poll-"): text for name, text in initial.items() if name.startswith("poll-")}
    return form, PollForm(initial=of_poll)


def show_thread_form(
    request: HttpRequest, forum: Forum, form: ThreadForm, poll: PollForm, files: Chosen
) -> HttpResponse:
    """What was typed comes back with its preview, and with threads that may answer it already."""
    tags = ",".join(form.cleaned_data.get("tags", ())) if form.is_bound else ""
    context = {
        "forum": forum,
        "form": form,
        "poll_form": poll,
        "files": files,
        "preview": previewed(request, form),
        "similar": alike(request, form["title"].value() or "", tags) if form.is_bound else [],
    }
    status = 422 if poll.errors else status_of(form, files)
    return render(request, "forums/new_thread.html", context, status=status)


def files_begun(form: Any) -> str:
    """What a draft, or what was typed before a sign-in, says of files."""
    return str(form.initial.get("files", ""))


def status_of(form: Any, files: Chosen) -> int:
    return 422 if form.errors or files.errors else 200


@require_POST
def reply(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = thread_for(request.user, thread_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=thread_address(thread.pk, thread.slug))
    form = ReplyForm(request.POST, author=request.user)
    files = chosen(request, request.user, holder=POSTS, most=files_a_post(request.user))
    if is_by_script(request):  # what was posted before the thread was locked is answered for: the action knows
        return post_for_script(request, request.user, thread, form, files)
    insist(can_reply(request.user, thread))
    if not form.is_valid() or wants_preview(request) or not files:
        return show_thread(request, thread, page=10**6, form=form, files=files, preview=previewed(request, form))
    post = posted(request, request.user, thread, form, files)
    return redirect(with_sent(place_on_page(request.user, post), f"thread:{thread.pk}"))


def post_for_script(
    request: HttpRequest, author: Member, thread: Thread, form: ReplyForm, files: Chosen
) -> HttpResponse:
    """201 with the post's id and address; 422 with what is wrong in words."""
    if not form.is_valid() or files.errors:
        errors = [str(error) for errors in form.errors.values() for error in errors]
        return JsonResponse({"words": " ".join([*errors, *files.errors])}, status=422)
    post = posted(request, author, thread, form, files)
    return JsonResponse({"id": post.pk, "address": place_on_page(author, post)}, status=201)


def posted(request: HttpRequest, author: Member, thread: Thread, form: ReplyForm, files: Chosen) -> Post:
    fields = with_language(request, form.cleaned_data)
    return post_reply(
        thread,
        author=author,
        body=fields["body"],
        language=fields["language"],
        token=fields["token"],
        reply_to=target(request, thread.pk, fields["reply_to"]),
        answer=target(request, thread.pk, fields["answer"]),
        files=files.ids,
        alts=files.alts,
    )


def target(request: HttpRequest, thread_id: int, post_id: int | None) -> Post | None:
    """The post replied to or commented on; it must stand in the same thread and be there for this member."""
    if post_id is None:
        return None
    post = post_for(request.user, post_id)
    if post.thread_id != thread_id:
        raise Http404
    return post


def edit(request: HttpRequest, post_id: int) -> HttpResponse:
    post = post_for(request.user, post_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_edit_post(request.user, post))
    most = files_a_post(request.user, had=post.file_count)
    theirs: Post | None = None  # what another window of hers has saved meanwhile
    form_class = OpeningEditForm if post.kind == PostKind.OPENING else EditForm
    if request.method != "POST":
        form = form_class(initial=text_as_it_stands(post) | kept_fields(request, back=request.path))
        files = begun(request.user, files_begun(form), holder=POSTS, held_id=post.pk, most=most)
    else:
        form = form_class(request.POST, author=request.user)
        files = chosen(request, request.user, holder=POSTS, held_id=post.pk, most=most)
        if form.is_valid() and not wants_preview(request) and files:
            try:
                edit_post(post, by=request.user, files=files.ids, alts=files.alts, **form.cleaned_data)
            except EditConflict as conflict:
                form, theirs = edited_again(request, form, conflict.post), conflict.post
            else:
                return redirect(with_sent(address_of_post(request, post.pk), f"post:{post.pk}"))
    context = {"post": post, "thread": post.thread, "form": form, "files": files, "preview": previewed(request, form)}
    return render(
        request, "forums/edit.html", context | {"theirs": theirs}, status=409 if theirs else status_of(form, files)
    )


def edited_again(request: HttpRequest, form: EditForm, standing: Post) -> EditForm:
    """What was typed, as an edit of the text that stands now: sent again, it takes its place."""
    data = request.POST.copy()
    data["edition"] = standing.edition
    again = type(form)(data, author=form.author)
    again.is_valid()
    return again


def text_as_it_stands(post: Post) -> dict[str, Any]:
    files = Chosen(tuple(post.files)).value
    text: dict[str, Any] = {"body": post.body_markdown, "language": post.language, "files": files}
    text["edition"] = post.edition
    if post.kind == PostKind.OPENING:
        text |= {"title": post.thread.title, "tags": [tag.name for tag in post.thread.shown_tags]}
    return text


@require_POST
def preview(request: HttpRequest) -> HttpResponse:
    """The Markdown of a begun post as it would stand; a fragment for the page's own script."""
    if not request.user.is_authenticated:
        return HttpResponse(status=403)
    form = ReplyForm(request.POST)
    shown = previewed(request, form)
    errors = list(form.errors.get("body", ()))
    return render(request, "forums/_preview.html", {"preview": shown, "errors": errors}, status=422 if errors else 200)


def wants_preview(request: HttpRequest) -> bool:
    return "preview" in request.POST


def previewed(request: HttpRequest, form: Any) -> SafeString | None:
    """The begun text rendered, where a preview was asked for and the text can be."""
    if request.method != "POST" or not (wants_preview(request) or request.path.endswith("/preview/")):
        return None
    body = form.cleaned_data.get("body") if form.is_bound and (form.is_valid() or form.errors) else None
    return mark_safe(rendered(body)["body_html"]) if body else None  # noqa: S308 - sanitised by the renderer


def with_language(request: HttpRequest, fields: dict[str, Any]) -> dict[str, Any]:
    """Names the language of a text: as chosen, else as it reads, else the page's."""
    language = fields.get("language") or language_of_text(fields["body"], default=spoken(request))
    return fields | {"language": language, "token": fields.get("token") or uuid4().hex}


def spoken(request: HttpRequest) -> str:
    return str(getattr(request, "LANGUAGE_CODE", "en"))


def with_sent(address: str, place: str) -> str:
    """Tells the page's script which draft has been sent, so that the device forgets it."""
    path, _, anchor = address.partition("#")
    return f"{path}{'&' if '?' in path else '?'}sent={place}#{anchor}"
