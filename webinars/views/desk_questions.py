"""What a session asks those who register, edited by its organisers."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache

from community.members.keeping import signed_out
from community.members.rulings import NotAllowed
from i18n.languages import DEFAULT
from webinars.actions import SessionConflict, ask_questions
from webinars.planning_questions import question_forms, questions_in
from webinars.queries.desk import has_people, session_at_desk
from webinars.questions import questions_of
from webinars.views.desk import organiser_here


@never_cache
def questions(request: HttpRequest, session_id: int) -> HttpResponse:
    """Where another organiser was quicker, her questions stand beside what was typed, which stays."""
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    session = session_at_desk(session_id)
    is_fixed = has_people(session)
    forms = question_forms(request.POST or None, questions_of(session), is_fixed=is_fixed)
    context = {"session": session, "forms": forms, "is_fixed": is_fixed, "version": session.version}
    if request.method != "POST":
        return render(request, "webinars/desk/questions.html", context)
    if not forms.is_valid():
        return render(request, "webinars/desk/questions.html", context, status=422)
    version = request.POST.get("version", "")
    read = int(version) if version.isdecimal() and len(version) < 10 else 0
    try:
        ask_questions(session.pk, questions_in(forms), version=read, by=organiser)
    except SessionConflict as conflict:
        language = get_language() or DEFAULT
        theirs = [each.wording(conflict.session, language) for each in questions_of(conflict.session)]
        context |= {"is_late": True, "theirs": theirs, "version": conflict.session.version}
        return render(request, "webinars/desk/questions.html", context, status=409)
    except NotAllowed as refusal:
        return render(request, "webinars/desk/questions.html", context | {"why_not": refusal.reason}, status=422)
    messages.success(request, pgettext("schedule desk", "Saved."))
    return redirect("webinars:desk-questions", session.pk)
