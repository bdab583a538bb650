"""The summary at the head of a thread: written, and taken off."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_POST

from community.members.keeping import kept_fields, sign_in_first, signed_out
from community.members.rulings import insist
from forums.actions import pin_summary, take_off_summary
from forums.forms import SummaryForm
from forums.models import Thread
from forums.queries import last_summary, thread_for
from forums.rules import can_summarise
from forums.views.moderating import reason_asked
from forums.views.reading import thread_address
from forums.views.writing import spoken
from i18n.detect import language_of_text


def summary(request: HttpRequest, thread_id: int) -> HttpResponse:
    thread = thread_for(request.user, thread_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.path)
    insist(can_summarise(request.user, thread))
    form = (
        SummaryForm(request.POST, author=request.user) if request.method == "POST" else begun_summary(request, thread)
    )
    why = reason_asked(request, thread)
    if request.method == "POST" and all([form.is_valid(), why is None or why.is_valid()]):
        body = form.cleaned_data["body"]
        language = form.cleaned_data["language"] or language_of_text(body, default=thread.language)
        reason = why.cleaned_data["reason"] if why else ""
        pin_summary(thread, by=request.user, body=body, language=language, reason=reason)
        return redirect(f"{thread_address(thread.pk, thread.slug)}?sent=summary:{thread.pk}")
    context = {"thread": thread, "form": form, "why": why}
    status = 422 if form.errors or (why and why.errors) else 200
    return render(request, "forums/summary.html", context, status=status)


def begun_summary(request: HttpRequest, thread: Thread) -> SummaryForm:
    """As it stands, or stood the last time."""
    last = last_summary(thread)
    initial = {"language": last.language, "body": last.body_markdown} if last else {"language": spoken(request)}
    return SummaryForm(initial=initial | kept_fields(request, back=request.path))


@require_POST
def take_off(request: HttpRequest, thread_id: int) -> HttpResponse:
    """The asker's own. A moderator who is not the asker is sent on to give a reason."""
    thread = thread_for(request.user, thread_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, back=thread_address(thread.pk, thread.slug))
    insist(can_summarise(request.user, thread))
    if thread.author_id != request.user.pk:
        return redirect("forums:thread-deed", thread.pk, "take-off-summary")
    take_off_summary(thread, by=request.user)
    return redirect(thread_address(thread.pk, thread.slug))
