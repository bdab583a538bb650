"""Sessions: planned, published, shown to others, moved, retitled, cancelled, restored."""

from collections.abc import Iterable
from copy import copy
from dataclasses import replace
from typing import Any

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from community.facts.actions import action
from community.members.models import Member
from community.members.rulings import NotAllowed
from webinars.actions.columns import columns, differs, others_of, texts_of, times_of
from webinars.actions.discussing import keep_discussion, plan_discussion
from webinars.actions.people import channels_of, languages_of, let_interpret, let_meet, let_speak, room_of, speakers_of
from webinars.actions.reminding import plan_reminders
from webinars.actions.seats import close_registration, held_session, open_registration
from webinars.actions.telling import keep_note, let_speakers_hear, tell_schedule
from webinars.choices import Visibility
from webinars.facts import (
    SessionCancelled,
    SessionChanged,
    SessionDrafted,
    SessionMoved,
    SessionPublished,
    SessionRestored,
    SessionRetitled,
    SessionRetitledQuietly,
    SessionRevised,
    SessionShown,
    SessionWithdrawn,
    SpeakersHearOfEnd,
    SpeakersHearOfMove,
    SpeakersHearOfReturn,
    SpeakersHearOfTitle,
)
from webinars.models import Former, Registration, Series, Session
from webinars.plans import (
    LOUD,
    Naming,
    SessionPlan,
    Telling,
    Texts,
    instant,
    wall_time,
    wall_time_meant,
)
from webinars.queries.schedule import by_its_clocks
from webinars.queries.seats import STANDING
from webinars.rules import can_see_session

OF_TIME_OR_TITLE = (SessionMoved, SessionRetitled, SessionRetitledQuietly)


@action
def publish_session(series: Series, plan: SessionPlan, *, by: Member | None = None) -> Session:
    """Records: SessionPublished."""
    session = _stored(series, plan)
    tell_schedule(session, SessionPublished, by=by)
    plan_discussion(session, by=by)
    return session


@action
def draft_session(series: Series, plan: SessionPlan, *, by: Member | None = None) -> Session:
    """Seen by organisers alone until `show_session()` publishes it. Records: SessionDrafted."""
    session = _stored(series, replace(plan, visibility=Visibility.DRAFT))
    tell_schedule(session, SessionDrafted, by=by)
    return session


@action
def show_session(session_id: int, *, to: Visibility, by: Member | None = None) -> Session:
    """Publish a draft, let others see what is published, or withdraw it. Shown to the same again, nothing changes.

    Raises: NotAllowed where somebody has registered for what would be a draft, or for what she could not see then.
    Records: SessionPublished, SessionShown or SessionWithdrawn, each on the public stream: whoever saw it shall see
    it go.
    """
    session = held_session(session_id)
    if session.visibility == to:
        return session
    if to == Visibility.DRAFT and Registration.objects.filter(session=session, state__in=STANDING).exists():
        raise NotAllowed(pgettext_lazy("why not", "People have registered for this session: cancel it instead."))
    _insist_that_all_still_see(session, to)
    fact: type[SessionChanged] = SessionWithdrawn if to == Visibility.DRAFT else SessionShown
    if session.is_draft:
        fact = SessionPublished
    _change(session, fact, by=by, is_rescheduled=False, visibility=to)
    if fact is not SessionWithdrawn:
        plan_discussion(session, by=by)
    if fact is SessionPublished:
        plan_reminders(session)
    return session


def _insist_that_all_still_see(session: Session, to: Visibility) -> None:
    """Who is registered, waits or asks. Raises: NotAllowed."""
    if to not in (Visibility.MEMBERS, Visibility.PROGRAMME):
        return
    coming = Registration.objects.filter(session=session, state__in=STANDING)
    shown = copy(session)
    shown.visibility = to
    shut_out = coming.filter(member=None).exists()
    if not shut_out and to == Visibility.PROGRAMME:
        members = [each.member for each in coming.select_related("member__city")]
        shut_out = any(each is not None and not can_see_session(each, shown) for each in members)
    if shut_out:
        words = pgettext_lazy(
            "why not", "People have registered who could not see this session any more. Show it to them too."
        )
        raise NotAllowed(words)


def _stored(series: Series, plan: SessionPlan) -> Session:
    session = Session.objects.create(
        series=series,
        slug=plan.slug,
        number=plan.number,
        kind=plan.kind,
        original_language=plan.original_language,
        languages=list(plan.languages),
        interpreted=languages_of(plan.channels),
        starts_local=plan.starts_local,
        timezone=plan.timezone,
        starts_at=plan.starts_at,
        ends_at=plan.ends_at,
        is_time_assumed=plan.is_time_assumed,
        is_invented=plan.is_invented,
        is_recorded=plan.is_recorded,
        co_hosts=plan.co_hosts,
        imported_uid=plan.imported_uid,
        themes=list(plan.themes),
        programme_id=plan.programme_id,
        visibility=plan.visibility,
        registration_until=plan.registration_until,
        registration_until_local=plan.registration_until_local,
        asks_approval=plan.asks_approval,
        **columns("title", plan.titles),
        **columns("abstract", plan.abstracts),
        **columns("recording_consent", plan.recording_consents),
    )
    session.priority_themes.set(plan.priority_theme_ids)
    let_speak(session, plan)
    let_interpret(session, plan.channels)
    let_meet(session, plan.room)
    return session


@action
def plan_session(series: Series, plan: SessionPlan, *, by: Member | None = None) -> Session:
    """As its visibility says: a draft, or published at once. Records: SessionDrafted or SessionPublished, and
    RegistrationOpened where it takes registrations."""
    session = (draft_session if plan.visibility == Visibility.DRAFT else publish_session)(series, plan, by=by)
    _settle_registration(session, plan, by=by)
    return session


def _settle_registration(session: Session, plan: SessionPlan, *, by: Member | None) -> None:
    if plan.takes_registrations and (not session.takes_registrations or session.capacity != plan.capacity):
        open_registration(session.pk, capacity=plan.capacity, until=session.registration_until, by=by)
    elif session.takes_registrations and not plan.takes_registrations:
        close_registration(session.pk, by=by)


class SessionConflict(Exception):
    """Somebody else has changed the session since it was read. Params: session, as it is now."""

    def __init__(self, session: Session) -> None:
        super().__init__(f"session {session.pk} is at version {session.version}")
        self.session = session


@action
def draft_sessions(series: Series, plans: Iterable[SessionPlan], *, by: Member | None = None) -> list[Session]:
    """All of them or none. Records: SessionDrafted of each."""
    return [draft_session(series, plan, by=by) for plan in plans]


@action
def publish_sessions(session_ids: Iterable[int], *, to: Visibility, by: Member | None = None) -> int:
    """Show drafts to others, all at once. Returns how many were drafts. Records: SessionPublished of each."""
    drafts = Session.objects.filter(pk__in=list(session_ids), visibility=Visibility.DRAFT).order_by("pk")
    return sum(bool(show_session(pk, to=to, by=by)) for pk in list(drafts.values_list("pk", flat=True)))


@action
def revise_session(
    session_id: int, plan: SessionPlan, *, version: int, by: Member | None = None, telling: Telling = LOUD
) -> Session:
    """Make a session what the plan says; its address and its original language stay.

    Params: version, which the organiser had before her; telling, who hears of another time or title, and what.
    Raises: SessionConflict where it is not the present one, and nothing is written; NotAllowed as `show_session`.
    Records: of what has changed alone, SessionMoved, SessionRetitled or SessionRetitledQuietly, SessionRevised,
    RegistrationOpened or RegistrationClosed, SpeakersHearOfMove or SpeakersHearOfTitle, and what `show_session`
    records. SEQUENCE rises where the time is another.
    """
    session = held_session(session_id)
    if session.version != version:
        raise SessionConflict(session)
    is_of_another_programme = session.programme_id != plan.programme_id
    times, texts = times_of(plan), texts_of(plan)
    is_moved, is_retitled = differs(session, times), differs(session, texts)
    if is_moved:
        _change(session, SessionMoved, by=by, is_rescheduled=True, is_time_assumed=plan.is_time_assumed, **times)
    if is_retitled:
        fact = SessionRetitled if telling.tells_title else SessionRetitledQuietly
        _change(session, fact, by=by, is_rescheduled=False, **texts)
    others = others_of(plan)
    has_other_people = speakers_of(session) != list(plan.speakers)
    theme_ids = set(session.priority_themes.values_list("pk", flat=True))
    has_other_themes = theme_ids != set(plan.priority_theme_ids)
    has_other_place = room_of(session) != plan.room or channels_of(session) != set(plan.channels)
    if differs(session, others) or has_other_people or has_other_place or has_other_themes:
        session.priority_themes.set(plan.priority_theme_ids)
        let_speak(session, plan)
        let_interpret(session, plan.channels)
        let_meet(session, plan.room)
        _change(session, SessionRevised, by=by, is_rescheduled=False, **others)
    _settle_registration(session, plan, by=by)
    if is_of_another_programme and session.visibility == plan.visibility:
        _insist_that_all_still_see(session, plan.visibility)
    session = show_session(session.pk, to=plan.visibility, by=by)
    if is_moved or is_retitled:
        keep_note(
            session,
            telling,
            by=by,
            for_attendees=is_moved or telling.tells_title,
            for_speakers=telling.tells_speakers,
        )
        if telling.tells_speakers:
            let_speakers_hear(session, SpeakersHearOfMove if is_moved else SpeakersHearOfTitle, by=by)
    return session


def note_revision(session: Session, *, by: Member | None) -> None:
    """Inside an action, after an entry of a speaker has changed. Params: session, held. Records: SessionRevised."""
    _change(session, SessionRevised, by=by, is_rescheduled=False)


@action
def move_session(session_id: int, *, starts_local: str, by: Member | None = None) -> Session:
    """Give a session another time in its zone; it stays as long as it was. The same time again changes nothing.

    Records: SessionMoved, SpeakersHearOfMove. SEQUENCE rises.
    """
    session = held_session(session_id)
    if session.starts_local == starts_local:
        return session
    starts_at = instant(starts_local, session.timezone)
    times = {"starts_local": starts_local, "starts_at": starts_at}
    times["ends_at"] = starts_at + (session.ends_at - session.starts_at)
    _change(session, SessionMoved, by=by, is_rescheduled=True, **times)
    let_speakers_hear(session, SpeakersHearOfMove, by=by)
    return session


@action
def settle_zone(session_id: int, *, keeps_local: bool, by: Member | None = None) -> Session:
    """After the rules of its zone have changed: its local times stay, or its instants do. Repeatable.

    Those are when it begins and until when one registers, which stays where it was beside it. Records: SessionMoved and
    SpeakersHearOfMove where it begins at another instant, and SEQUENCE rises; else SessionRevised.
    """
    session = held_session(session_id)
    starts_at, until = by_its_clocks(session)
    if (starts_at, until) == (session.starts_at, session.registration_until):
        return session
    if not keeps_local:
        local = {"starts_local": wall_time(session.starts_at, session.timezone)}
        local["registration_until_local"] = wall_time_meant(session.registration_until, session.timezone)
        return _change(session, SessionRevised, by=by, is_rescheduled=False, **local)
    if starts_at == session.starts_at:
        return _change(session, SessionRevised, by=by, is_rescheduled=False, registration_until=until)
    times = {"starts_at": starts_at, "ends_at": starts_at + (session.ends_at - session.starts_at)}
    _change(session, SessionMoved, by=by, is_rescheduled=True, registration_until=until, **times)
    let_speakers_hear(session, SpeakersHearOfMove, by=by)
    return session


@action
def retitle_session(session_id: int, *, titles: Texts, abstracts: Texts, by: Member | None = None) -> Session:
    """Other texts in the languages given; the others stay.

    Records: SessionRetitled and SpeakersHearOfTitle, where anything changed.
    """
    session = held_session(session_id)
    texts = columns("title", titles) | columns("abstract", abstracts)
    if all(getattr(session, column) == text for column, text in texts.items()):
        return session
    _change(session, SessionRetitled, by=by, is_rescheduled=False, **texts)
    let_speakers_hear(session, SpeakersHearOfTitle, by=by)
    return session


@action
def name_sessions(namings: Iterable[Naming], *, by: Member | None = None) -> list[int]:
    """Write titles of many sessions; nobody is told by mail. Returns: ids of those that others had named meanwhile,
    which stay as they are. Records: SessionRetitledQuietly of each other.

    Of what others see, only titles that are missing are written: whoever wants another one revises the session.
    """
    left = []
    for naming in sorted(namings, key=lambda each: each.session_id):
        session = held_session(naming.session_id)
        before, titles = columns("title", naming.before), columns("title", naming.titles)
        if differs(session, before) or (not session.is_draft and any(before.values())):
            left.append(session.pk)
        elif differs(session, titles):
            _change(session, SessionRetitledQuietly, by=by, is_rescheduled=False, **titles)
    return left


@action
def cancel_session(session_id: int, *, reason: str = "", by: Member | None = None, telling: Telling = LOUD) -> Session:
    """It stays on the schedule and in calendars, as cancelled. Records: SessionCancelled. SEQUENCE rises.

    Params: reason, for everybody; telling, whether those who speak hear of it, and what is read besides.
    """
    session = held_session(session_id)
    if session.cancelled_at is not None:
        return session
    state = {"cancelled_at": timezone.now(), "cancel_reason": reason}
    _change(session, SessionCancelled, by=by, is_rescheduled=True, **state)
    keep_note(session, telling, by=by, for_speakers=telling.tells_speakers)
    if telling.tells_speakers:
        let_speakers_hear(session, SpeakersHearOfEnd, by=by)
    return session


@action
def restore_session(session_id: int, *, by: Member | None = None, telling: Telling = LOUD) -> Session:
    """It takes place after all. Records: SessionRestored. SEQUENCE rises."""
    session = held_session(session_id)
    if session.cancelled_at is None:
        return session
    session = _change(session, SessionRestored, by=by, is_rescheduled=True, cancelled_at=None, cancel_reason="")
    keep_note(session, telling, by=by, for_speakers=telling.tells_speakers)
    if telling.tells_speakers:
        let_speakers_hear(session, SpeakersHearOfReturn, by=by)
    return session


def _change(
    session: Session, fact: type[SessionChanged], *, by: Member | None, is_rescheduled: bool, **fields: Any
) -> Session:
    """Params: session, held; is_rescheduled, whether calendars must hear of it as of another date (RFC 5546, 2.1.4)."""
    if fact in OF_TIME_OR_TITLE and not session.is_draft:
        Former.of(session).save()
    fields |= {"version": session.version + 1, "changed_at": timezone.now()}
    if is_rescheduled:
        fields["sequence"] = session.sequence + 1
    for name, value in fields.items():
        setattr(session, name, value)
    session.save(update_fields=list(fields))
    tell_schedule(session, fact, by=by)
    keep_discussion(session, by=by)
    if is_rescheduled:
        plan_reminders(session)
        plan_discussion(session, by=by)
    return session
