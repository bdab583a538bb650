"""A city's request: written, and changed."""

from typing import Any
from uuid import uuid4

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from community.files.choosing import Chosen, chosen
from community.files.choosing import begun as files_begun
from community.files.queries import files_of_things
from community.members.keeping import kept_fields, signed_out
from community.members.models import Member
from community.members.rulings import insist
from forums.actions.exchanges import ask_for_exchange, change_request
from forums.choices import POSTS, PostKind
from forums.exchange_forms import RequestEditForm, RequestForm
from forums.models import Exchange, Forum
from forums.queries.exchanges import exchange_for, forum_to_ask_in
from forums.rules import files_a_post
from forums.rules.exchanging import can_ask, can_change_request
from forums.views.exchanges.card import address_of
from forums.views.writing import files_begun as files_of
from forums.views.writing import spoken, status_of, with_language


def ask(request: HttpRequest) -> HttpResponse:
    forum = forum_to_ask_in(request.user, request.GET.get("forum", ""))
    if forum is None:
        raise Http404
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_ask(request.user, forum))
    if request.method != "POST":
        form = RequestForm(initial=begun(request, request.user))
        files = files_begun(request.user, files_of(form), holder=POSTS, most=files_a_post(request.user))
    else:
        form = RequestForm(request.POST, author=request.user)
        files = chosen(request, request.user, holder=POSTS, most=files_a_post(request.user))
        if form.is_valid() and files:
            fields = texts_of(request, form, "sought") | {"files": files.ids, "alts": files.alts}
            exchange = ask_for_exchange(forum, by=request.user, **fields)
            return redirect(f"{address_of(exchange)}?sent=ask:{forum.pk}")
    return show_form(request, forum, form, files)


def show_form(
    request: HttpRequest, forum: Forum, form: RequestForm, files: Chosen, exchange: Exchange | None = None
) -> HttpResponse:
    context = {"form": form, "forum": forum, "exchange": exchange, "files": files}
    return render(request, "forums/exchanges/ask.html", context, status=status_of(form, files))


def begun(request: HttpRequest, member: Member) -> dict[str, Any]:
    """Languages that she reads are those in which she can talk, until she says otherwise."""
    first = {"token": uuid4().hex, "language": spoken(request), "languages": member.reads}
    return first | kept(request)


def kept(request: HttpRequest) -> dict[str, Any]:
    """What was typed before a sign-in ran out. Of boxes a browser sends only those that are ticked."""
    fields = kept_fields(request, back=request.path)
    if not fields:
        return {}
    languages = fields.get("languages", [])
    return fields | {
        "languages": languages if isinstance(languages, list) else [languages],
        "is_open_to_guests": "is_open_to_guests" in fields,
    }


def edit_request(request: HttpRequest, exchange_id: int) -> HttpResponse:
    exchange = exchange_for(request.user, exchange_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_change_request(request.user, exchange))
    opening = exchange.thread.posts.get(kind=PostKind.OPENING)
    most = files_a_post(request.user, had=opening.file_count)
    if request.method != "POST":
        form = RequestEditForm(initial=as_it_stands(exchange) | kept(request))
        value = files_of(form) or Chosen(tuple(files_of_things(POSTS, [opening.pk])[opening.pk])).value
        files = files_begun(request.user, value, holder=POSTS, held_id=opening.pk, most=most)
    else:
        form = RequestEditForm(request.POST, initial=as_it_stands(exchange), author=request.user)
        files = chosen(request, request.user, holder=POSTS, held_id=opening.pk, most=most)
        if form.is_valid() and files:
            fields = texts_of(request, form, "sought") | {"files": files.ids, "alts": files.alts}
            del fields["token"]
            exchange = change_request(exchange, by=request.user, **fields)
            return redirect(f"{address_of(exchange)}?sent=exchange:{exchange.pk}")
    return show_form(request, exchange.forum, form, files, exchange)


def as_it_stands(exchange: Exchange) -> dict[str, Any]:
    same = ("title", "theme", "sought", "offered", "needed_by", "is_open_to_guests", "language")
    return {name: getattr(exchange, name) for name in same} | {
        "languages": exchange.spoken,
        "tags": [tag.name for tag in exchange.shown_tags],
    }


def texts_of(request: HttpRequest, form: Any, body: str) -> dict[str, Any]:
    """The form's fields with their language named: as chosen, else as the text of `body` reads."""
    fields = with_language(request, form.cleaned_data | {"body": form.cleaned_data[body]})
    return {name: value for name, value in fields.items() if name == body or name != "body"}
