"""Before a change is saved of which people will hear: whom it is told, and what, with the mails as they would go."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from community.mail.composing import Composed
from webinars import speaker_letters
from webinars.actions.reminding import letter_of
from webinars.changing import Change
from webinars.letters import Letter, preview
from webinars.models import Former, Session
from webinars.plans import LOUD, Telling, Texts
from webinars.queries.recipients import Readers, Recipients, SpeakingReaders, recipients_of, speaking_readers
from webinars.queries.seats import STANDING
from webinars.telling import PREFIX, TellingForm, print_of

Typed = list[tuple[str, str]]  # names and values of hidden fields


def ask_whom_to_tell(request: HttpRequest, change: Change | None) -> Telling | HttpResponse:
    """What she has decided; or the page that asks her, which has all that she typed before in it.

    Nobody is asked where nobody would be told. What is sent is what was shown: another note is shown first.
    """
    if change is None or change.session.is_draft or change.session.ends_at <= timezone.now():
        return LOUD
    recipients, speakers = recipients_of(change.session, STANDING), speaking_readers(change.session)
    if not recipients.count and not speakers:
        return LOUD
    form = TellingForm(
        request.POST,
        languages=dict.fromkeys([*recipients.languages, *(each.language for each in speakers)]),
        original=change.session.original_language,
        may_be_quiet=change.may_be_quiet and recipients.count > 0,
        has_speakers=bool(speakers),
    )
    is_right = form.is_valid() or not form.is_bound
    telling = form.telling
    letter = letter_of(change.name, change.session)
    mails = mails_to(recipients, letter, session=change.session, notes=telling.notes, former=change.former)
    to_speakers = mails_to_speakers(speakers, change, notes=telling.notes)
    shown = print_of([mail for _, mail in (*mails, *to_speakers)])
    is_seen = request.POST.get(f"{PREFIX}-seen") == shown
    is_sent = request.POST.get("deed") == "tell"
    goes_out = (recipients.count and telling.tells_title) or (speakers and telling.tells_speakers)
    if is_sent and is_right and (is_seen or not goes_out):
        return telling
    context = {
        "session": change.session,
        "change": change,
        "recipients": recipients,
        "form": form,
        "mails": mails,
        "speakers": sum(each.count for each in speakers),
        "to_speakers": to_speakers,
        "seen": shown,
        "is_new": is_sent and is_right,
        "typed": typed_before(request),
    }
    return render(request, "webinars/desk/tell.html", context, status=200 if is_right else 422)


def mails_to(
    recipients: Recipients, letter: Letter, *, session: Session, notes: Texts, former: Former | None = None
) -> list[tuple[Readers, Composed]]:
    """One in each language, as it would go to whoever came first of those who read it.

    Params: session, as it will be; former, as it is, where its time or title changes.
    """
    mails = []
    for readers in recipients.readers:
        readers.first.session = session
        mails.append((readers, preview(readers.first, letter, notes=notes, former=former)))
    return mails


def mails_to_speakers(
    speakers: list[SpeakingReaders], change: Change, *, notes: Texts
) -> list[tuple[SpeakingReaders, Composed]]:
    """One in each language, as it would go to whoever speaks first of those who read it."""
    mails = []
    letter = speaker_letters.letter_of(speaker_letters.heard_of(change.fact), change.session)
    for readers in speakers:
        readers.first.speaker.session = change.session
        mail = speaker_letters.preview(readers.first.speaker, letter, notes=notes, former=change.former)
        mails.append((readers, mail))
    return mails


def typed_before(request: HttpRequest) -> Typed:
    """What the form before this page said."""
    return [each for each in typed(request) if not each[0].startswith(f"{PREFIX}-")]


def typed_here(request: HttpRequest) -> Typed:
    """What this page said, for the form to which she goes back."""
    return [each for each in typed(request) if each[0].startswith(f"{PREFIX}-")]


def typed(request: HttpRequest) -> Typed:
    """All of it, as hidden fields can carry it along."""
    names = (name for name in request.POST if name not in ("csrfmiddlewaretoken", "deed"))
    return [(name, value) for name in names for value in request.POST.getlist(name)]
