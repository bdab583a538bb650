"""A thread's poll: asked, voted in, closed."""

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST, require_safe

from community.members.keeping import is_by_script, sign_in_first, signed_out
from community.members.models import Member
from community.members.rulings import insist
from community.polls.forms import PollForm, VoteForm, as_typed
from community.polls.queries import poll_with_options
from forums.actions import close_thread_poll, keep_thread_poll, reopen_thread_poll, vote_in_poll
from forums.models import Thread
from forums.queries import poll_on_page, thread_for
from forums.rules import can_keep_poll, can_vote_in_poll
from forums.views.moderating import reason_asked
from forums.views.reading import thread_address

OF_ASKER = {"close": close_thread_poll, "reopen": reopen_thread_poll}


def poll(request: HttpRequest, thread_id: int) -> HttpResponse:
    """Add one, or change the one that is there while nobody has voted."""
    thread = thread_for(request.user, thread_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_keep_poll(request.user, thread))
    form = PollForm(request.POST if request.method == "POST" else None, initial=standing(thread), is_wanted=True)
    why = reason_asked(request, thread)
    if request.method == "POST" and all([form.is_valid(), why is None or why.is_valid()]) and form.plan:
        keep_thread_poll(thread, form.plan, by=request.user, reason=why.cleaned_data["reason"] if why else "")
        return redirect(poll_address(thread))
    context = {"thread": thread, "form": form, "why": why}
    status = 422 if form.errors or (why and why.errors) else 200
    return render(request, "forums/poll.html", context, status=status)


def standing(thread: Thread) -> dict[str, object]:
    return as_typed(*poll_with_options(thread.poll_id)) if thread.poll_id else {}


@require_POST
def poll_deed(request: HttpRequest, thread_id: int, deed: str) -> HttpResponse:
    """Buttons of the page's one form: vote, take a vote back, and the asker's closing and opening again."""
    thread = thread_for(request.user, thread_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, back=poll_address(thread))
    if deed == "vote":
        return vote(request, request.user, thread)
    if deed == "unvote":
        vote_in_poll(thread, by=request.user, option_ids=())
    elif deed in OF_ASKER and thread.author_id == request.user.pk:  # a moderator gives a reason: views/moderating.py
        OF_ASKER[deed](thread, by=request.user)
    else:
        raise Http404
    return HttpResponse(status=204) if is_by_script(request) else redirect(poll_address(thread))


def vote(request: HttpRequest, member: Member, thread: Thread) -> HttpResponse:
    insist(can_vote_in_poll(member, thread, thread.poll))
    if thread.poll is None:
        raise Http404
    poll, options = poll_with_options(thread.poll.pk)
    form = VoteForm(request.POST, poll=poll, options=options)
    if form.is_valid():
        vote_in_poll(thread, by=member, option_ids=form.cleaned_data["option"])
        return HttpResponse(status=204) if is_by_script(request) else redirect(poll_address(thread))
    words = " ".join(str(error) for errors in form.errors.values() for error in errors)
    if is_by_script(request):
        return JsonResponse({"words": words}, status=422)
    messages.error(request, words)
    return redirect(poll_address(thread))


@require_safe
def poll_of_reader(request: HttpRequest, thread_id: int) -> HttpResponse:
    """As this reader sees it, for an open page: a fragment."""
    thread = thread_for(request.user, thread_id)
    language = getattr(request, "LANGUAGE_CODE", "en")
    context = {"thread": thread, "poll": poll_on_page(request.user, thread, language=language)}
    response = render(request, "forums/_poll_slot.html", context)
    response["Cache-Control"] = "private, no-store"
    return response


def poll_address(thread: Thread) -> str:
    return f"{thread_address(thread.pk, thread.slug)}#poll"
