"""Series and sessions: the smallest that are legal."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

from django.utils import timezone

from community.members.models import Member
from webinars.actions import (
    ask_questions,
    ask_to_register,
    confirm_proposal,
    confirm_registration,
    draft_session,
    open_registration,
    propose,
    publish_series,
    publish_session,
    register,
)
from webinars.choices import QuestionKind
from webinars.models import Proposal, ProposalKind, Registration, Series, Session
from webinars.plans import ChannelPlan, RoomPlan, SeriesPlan, SessionPlan, SpeakerPlan
from webinars.questions import Question


def make_series(slug: str = "frontline", **fields: Any) -> Series:
    plan: dict[str, Any] = {
        "titles": {"en": slug.replace("-", " ").capitalize()},
        "descriptions": {},
        "languages": ("en",),
        "timezone": "UTC",
        "usual_minutes": 60,
    }
    return publish_series(SeriesPlan(slug=slug, **{**plan, **fields}))


def make_session(slug: str = "heat", *, series: Series | None = None, **fields: Any) -> Session:
    """A session of an hour tomorrow, in the series `frontline` unless another is given.

    Params: `starts_at`, an aware datetime, instead of `starts_local` and `timezone`.
    """
    starts_at: datetime = fields.pop("starts_at", timezone.now() + timedelta(days=1))
    plan: dict[str, Any] = {
        "titles": {"en": slug.replace("-", " ").capitalize()},
        "abstracts": {},
        "starts_local": starts_at.astimezone(UTC).strftime("%Y-%m-%dT%H:%M"),
        "timezone": "UTC",
        "minutes": 60,
        "languages": ("en",),
    }
    series = series or Series.objects.filter(slug="frontline").first() or make_series()
    publish: Callable[[Series, SessionPlan], Session] = fields.pop("publish", publish_session)
    return publish(series, SessionPlan(slug=slug, **{**plan, **fields}))


def make_draft(slug: str = "heat", **fields: Any) -> Session:
    """As `make_session`; organisers alone see it."""
    return make_session(slug, publish=draft_session, **fields)


def make_speaker(role: str = "Chief Resilience Officer", **fields: Any) -> SpeakerPlan:
    return SpeakerPlan(role=role, **fields)


def make_channel(language: str = "es", link: str = "https://meet.example/heat") -> ChannelPlan:
    return ChannelPlan(language=language, link=link)


def make_room(link: str = "https://meet.example/heat", **fields: Any) -> RoomPlan:
    return RoomPlan(link=link, **fields)


def make_open_session(slug: str = "heat", *, capacity: int | None = None, **fields: Any) -> Session:
    """One in a week that takes registrations."""
    fields.setdefault("starts_at", timezone.now() + timedelta(days=7))
    return open_registration(make_session(slug, **fields).pk, capacity=capacity)


def make_question(text: str = "What do you do?", kind: QuestionKind = QuestionKind.LINE, **fields: Any) -> Question:
    return Question(id="", kind=kind, texts={"en": text}, **fields)


def make_asking_session(*questions: Question, by: Member, **fields: Any) -> Session:
    """An open one that asks these. Params: by, an organiser."""
    session = make_open_session(**fields)
    return ask_questions(session.pk, questions, version=session.version, by=by)


def make_registration(session: Session, by: Member | str = "rosa@puno.example", **fields: Any) -> Registration:
    """Of a member, or of a guest at that address, confirmed."""
    if isinstance(by, Member):
        return register(session.pk, by=by)
    registration = confirm_registration(make_asking(session, by, **fields).pk)
    assert registration is not None
    return registration


def make_asking(session: Session, email: str = "rosa@puno.example", **fields: Any) -> Registration:
    """Of a guest whose address is not confirmed."""
    told: dict[str, Any] = {
        "name": "Rosa Quispe",
        "city_name": "Puno",
        "language": "en",
        "timezone_name": "America/Lima",
    }
    return ask_to_register(session, email=email, **{**told, **fields})


def make_proposal(by: Member | str = "rosa@puno.example", **fields: Any) -> Proposal:
    """Of a member, or of a guest at that address, confirmed."""
    proposal = make_unconfirmed_proposal(by, **fields)
    if isinstance(by, str):
        confirm_proposal(proposal.pk)
        proposal.refresh_from_db()
    return proposal


def make_unconfirmed_proposal(by: Member | str = "rosa@puno.example", **fields: Any) -> Proposal:
    """Of a guest whose address is not confirmed; a member's needs no confirmation."""
    told: dict[str, Any] = {
        "kind": ProposalKind.OWN,
        "title": "Shade for bus stops",
        "abstract": "What we planted, and what died.",
        "language": "en",
        "themes": [],
        "speaker_name": "Rosa Quispe",
        "speaker_role": "Gardener",
    }
    if isinstance(by, Member):
        return propose(member=by, **{**told, **fields})
    guest = {"name": "Rosa Quispe", "email": by, "mail_language": "en"}
    return propose(member=None, **{**told, **guest, **fields})
