"""A speaker's own entry: behind her link, where she needs no account; and at the desk, where her link is sent."""

from typing import Any

from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils import timezone
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.limits import allow
from community.members.keeping import signed_out, too_often
from community.members.models import Member
from i18n.languages import DEFAULT
from i18n.texts import said
from i18n.zones import zone
from webinars.actions import EntryConflict, end_speaker_link, revise_entry, send_speaker_link
from webinars.entries import EntryForm, LinkForm, entry_of
from webinars.keys import speaker_calendar_key
from webinars.models import Speaker
from webinars.queries import address_of_speaker, speaker_at_desk, speaker_of_token
from webinars.rooms import door_of_speaker
from webinars.rules import can_invite_speaker
from webinars.views.desk import organiser_here
from webinars.views.linked import behind_a_link

DEEDS_AN_HOUR = 30  # of one link
MAILS_AN_HOUR = 60  # of one organiser
Wrong = dict[str, Any]  # what the page shows instead, where nothing was written


@behind_a_link
def own(request: HttpRequest, token: str) -> HttpResponse:
    """The session's time is shown by its own clocks: where the speaker is, nobody knows."""
    speaker = speaker_of_token(token)
    if speaker is None:
        return render(request, "webinars/speaker_link_spent.html", status=404)
    wrong: Wrong = {}
    if request.method == "POST":
        if not allow(f"speaker-entry:{speaker.pk}", times=DEEDS_AN_HOUR, seconds=3600):
            return too_often(request)
        if not (wrong := _save(request, speaker, by=None)):
            return redirect("webinars:speaker", token)
    with timezone.override(zone(speaker.session.timezone)):
        language, enters = get_language() or DEFAULT, "in" in request.GET
        door = door_of_speaker(speaker, language=language, enters=enters)
        if door and door.frame and enters:
            return redirect(door.frame)
        note = said(speaker.session.series, "speaker_note", language)
        return _show(
            request,
            "webinars/speaker.html",
            speaker,
            {"door": door, "note": note, "calendar_key": speaker_calendar_key(speaker.pk, speaker.link_hash)} | wrong,
        )


@require_safe
@never_cache
def desk(request: HttpRequest, speaker_id: int) -> HttpResponse:
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path)
    return _show_desk(request, speaker_at_desk(speaker_id), organiser, {})


@require_POST
@never_cache
def deed(request: HttpRequest, speaker_id: int, deed: str) -> HttpResponse:
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path.removesuffix(f"{deed}/"))
    do = DEEDS.get(deed)
    if do is None:
        raise Http404
    speaker = speaker_at_desk(speaker_id)
    if not allow(f"speaker-link:{organiser.pk}", times=MAILS_AN_HOUR, seconds=3600):
        return too_often(request)
    if wrong := do(request, speaker, by=organiser):
        return _show_desk(request, speaker, organiser, wrong)
    return redirect("webinars:desk-speaker", speaker.pk)


def _save(request: HttpRequest, speaker: Speaker, *, by: Member | None) -> Wrong:
    """Where somebody else was quicker, what she wrote stands beside what was typed, which stays."""
    form = EntryForm(request.POST)
    if not form.is_valid():
        return {"form": form}
    try:
        revise_entry(speaker, version=form.cleaned_data["version"], by=by, **form.entry)
    except EntryConflict as conflict:
        form.data = request.POST.copy()
        form.data["version"] = str(conflict.speaker.version)  # sent again, it takes the place of what she has read
        return {"form": form, "theirs": conflict.speaker}
    except Speaker.DoesNotExist:  # taken off the session meanwhile
        raise Http404 from None
    messages.success(request, pgettext("a speaker's entry", "The entry is saved."))
    return {}


def _send(request: HttpRequest, speaker: Speaker, *, by: Member) -> Wrong:
    form = LinkForm(request.POST)
    if not form.is_valid():
        return {"link": form}
    send_speaker_link(speaker, by=by, **form.cleaned_data)
    messages.success(request, pgettext("sending a speaker her link", "The link is on its way."))
    return {}


def _end(request: HttpRequest, speaker: Speaker, *, by: Member) -> Wrong:
    end_speaker_link(speaker)
    messages.success(request, pgettext("sending a speaker her link", "The link has ended."))
    return {}


DEEDS = {"save": _save, "send": _send, "end": _end}


def _show_desk(request: HttpRequest, speaker: Speaker, organiser: Member, wrong: Wrong) -> HttpResponse:
    ruling = can_invite_speaker(organiser, speaker.session)
    language = speaker.bio_language or speaker.session.original_language
    sent = {"email": address_of_speaker(speaker), "language": language}
    context = {"link": LinkForm(initial=sent) if ruling else None, "ruling": ruling} | wrong
    return _show(request, "webinars/desk/speaker.html", speaker, context)


def _show(request: HttpRequest, template: str, speaker: Speaker, context: dict[str, Any]) -> HttpResponse:
    first = {"speaker": speaker, "session": speaker.session, "form": EntryForm(initial=entry_of(speaker))}
    whole = first | context
    is_wrong = any(getattr(whole.get(name), "errors", None) for name in ("form", "link"))
    status = 409 if "theirs" in whole else 422 if is_wrong else 200
    return render(request, template, whole, status=status)
