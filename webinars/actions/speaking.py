"""A speaker's own entry: edited by organisers, or by herself through a link that organisers send her."""

import secrets
from typing import Any

from django.utils import timezone, translation

from community.facts.actions import action
from community.mail.actions import write_mail
from community.mail.links import absolute
from community.members.models import Member
from community.members.rulings import insist
from i18n.texts import said
from i18n.times import meeting_in_words
from i18n.zones import zone
from webinars import speaker_letters
from webinars.actions.feeds import TOKEN_BYTES
from webinars.actions.schedule import note_revision
from webinars.actions.seats import held_session
from webinars.keys import speaker_calendar_key
from webinars.models import ChangeNote, Session, Speaker
from webinars.queries import address_of_speaker
from webinars.queries.feeds import hash_of
from webinars.queries.recipients import former_since
from webinars.rules import can_invite_speaker


class EntryConflict(Exception):
    """Somebody else has changed the entry since it was read. Params: speaker, as she stands now."""

    def __init__(self, speaker: Speaker) -> None:
        super().__init__(f"speaker {speaker.pk} is at version {speaker.version}")
        self.speaker = speaker


@action
def revise_entry(speaker: Speaker, *, version: int, by: Member | None, **entry: Any) -> None:
    """What is said of a speaker. The same again changes nothing.

    Params: version, of the entry as it was read; by, None for herself; entry, the columns `name`, `role`, `city`,
    `place`, `talk_title`, `slides`, `bio`, `bio_language`. Raises: EntryConflict, and nothing is written;
    Speaker.DoesNotExist where she speaks no more. Records: SessionRevised.
    """
    session = held_session(speaker.session_id)
    now = Speaker.objects.select_related("city").get(pk=speaker.pk)
    if now.version != version:
        raise EntryConflict(now)
    if all(getattr(now, name) == value for name, value in entry.items()):
        return
    edited_at = timezone.now() if by is None else now.edited_at
    Speaker.objects.filter(pk=now.pk).update(version=version + 1, edited_at=edited_at, **entry)
    note_revision(session, by=by)


@action
def send_speaker_link(speaker: Speaker, *, email: str, language: str, by: Member) -> str:
    """A new link in place of the one that there is, by mail. Raises: NotAllowed.

    Returns: its token, which is stored nowhere. Params: language, of the mail and of the page behind the link.
    """
    session = held_session(speaker.session_id)
    insist(can_invite_speaker(by, session))
    token = secrets.token_urlsafe(TOKEN_BYTES)
    made = {"link_hash": hash_of(token), "link_email": email, "link_language": language}
    told = {"link_made_at": timezone.now(), "link_by": by, "told_version": session.version}
    Speaker.objects.filter(pk=speaker.pk).update(**made, **told)
    with translation.override(language), timezone.override(zone(session.timezone)):
        context = {
            "name": speaker.name,
            "title": said(session, "title", language),
            "when": meeting_in_words(session.starts_at),
            "note": said(session.series, "speaker_note", language),
            "link": absolute("webinars:speaker", token, language=language),
            "calendar": absolute(
                "calendar:speaker", speaker_calendar_key(speaker.pk, made["link_hash"]), language=language
            ),
        }
    write_mail(to=email, language=language, kind="speaker", context=context)
    return token


@action
def tell_speaker(speaker_id: int, *, change: str) -> None:
    """Of what happened to her session, as it is now; changes that she was not told of yet are told in one mail.

    Nothing where no address of hers is known any more. Params: change, the name of one of `OF_SPEAKERS`.
    """
    speaker = Speaker.objects.select_for_update(of=("self",), no_key=True).filter(pk=speaker_id).first()
    if speaker is None:
        return
    speaker.session = session = Session.objects.select_related("series").get(pk=speaker.session_id)
    email = address_of_speaker(speaker)
    if not email or session.is_draft or speaker.told_version >= session.version or session.ends_at <= timezone.now():
        return
    untold = {"version__gt": speaker.told_version, "version__lte": session.version}
    is_off = session.cancelled_at is not None
    notes = ChangeNote.objects.filter(session=session, is_off=is_off, for_speakers=True, **untold).order_by("version")
    Speaker.objects.filter(pk=speaker.pk).update(told_version=session.version)
    letter = speaker_letters.letter_of(change, session)
    texts, former = notes.values_list("texts", flat=True), former_since(session, speaker.told_version)
    speaker_letters.write_to(speaker, letter, email=email, notes=texts, former=former)


@action
def end_speaker_link(speaker: Speaker) -> None:
    """It leads nowhere from now on; what she wrote stays."""
    Speaker.objects.filter(pk=speaker.pk).update(link_hash="")
