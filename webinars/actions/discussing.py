"""The thread about a session: opened by itself some weeks before it, and kept in line with it."""

from typing import NamedTuple

from django.utils import timezone
from django.utils.translation import override, pgettext

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from forums.actions import keep_thread_about, open_thread_about
from forums.choices import Audience
from forums.models import Thread
from webinars.actions.telling import tell_schedule
from webinars.choices import Visibility
from webinars.facts import DiscussionDue, DiscussionOpened
from webinars.models import Series, Session
from webinars.rules import can_announce, discussion_opens_at

# Who reads the thread, by who may see the session. All others: moderators alone.
AUDIENCES = {Visibility.PUBLIC: "", Visibility.MEMBERS: Audience.MEMBERS}


def audience_of(session: Session) -> str:
    return AUDIENCES.get(Visibility(session.visibility), Audience.PARTIES)


def title_of(session: Session) -> str:
    """In its own language, as members who write there do."""
    title: str = getattr(session, f"title_{session.original_language}") or session.title
    return title


class Opening(NamedTuple):
    """What a thread about a session begins with."""

    title: str
    body: str  # Markdown
    language: str
    audience: str


def opening_of(session: Session) -> Opening:
    language = session.original_language
    with override(language):
        invitation = pgettext(
            "first post of the thread about a session",
            "Ask the speakers before the session, and go on talking after it.",
        )
    abstract: str = getattr(session, f"abstract_{language}") or ""
    return Opening(title_of(session), f"{abstract}\n\n{invitation}".strip(), language, audience_of(session))


def plan_discussion(session: Session, *, by: Member | None) -> None:
    """Inside an action. In the name of who published it; what nobody did nobody opens a thread about.

    Records: DiscussionDue.
    """
    if by is None or session.is_draft or session.ends_at <= timezone.now():
        return
    due_at = max(timezone.now(), discussion_opens_at(session))
    record(DiscussionDue(session.pk, session.series_id), actor_id=by.pk, due_at=due_at)


@action
def plan_discussions(series: Series, *, by: Member) -> None:
    """Of all that is to come: it has a forum since now. Records: DiscussionDue of each."""
    for session in Session.objects.filter(series=series, ends_at__gt=timezone.now()).order_by("pk"):
        plan_discussion(session, by=by)


@action
def open_discussion(session_id: int, *, by_id: int | None) -> None:
    """Repeatable: it has one at most. None for a draft, one of a programme, or where its series has no forum; none
    before its time either: one that was moved on is planned anew.

    Records: ThreadOpened; DiscussionOpened.
    """
    held = Session.objects.select_for_update(of=("self",), no_key=True).select_related("series__forum")
    session = held.filter(pk=session_id).first()
    by = Member.objects.filter(pk=by_id, is_active=True).first() if by_id is not None else None
    if session is None or by is None or (forum := session.series.forum) is None:
        return
    if audience_of(session) == Audience.PARTIES or session.cancelled_at is not None:
        return
    if discussion_opens_at(session) > timezone.now():
        return
    open_thread_about(session, forum=forum, by=by, **opening_of(session)._asdict())
    tell_schedule(session, DiscussionOpened, by=by)


@action
def announce_session(session_id: int, *, body: str, by: Member) -> Thread:
    """Open the thread about it now, in her words. The one that is there already is returned as it is.

    Params: body, Markdown. Raises: NotAllowed; TextTooHeavy. Records: ThreadOpened; DiscussionOpened.
    """
    held = Session.objects.select_for_update(of=("self",), no_key=True).select_related("series__forum")
    session = held.get(pk=session_id)
    insist(can_announce(by, session))
    assert session.series.forum is not None  # noqa: S101 - for the type checker; the rule has asked
    opening = opening_of(session)._replace(body=body)
    thread = open_thread_about(session, forum=session.series.forum, by=by, **opening._asdict())
    tell_schedule(session, DiscussionOpened, by=by)
    return thread


def keep_discussion(session: Session, *, by: Member | None) -> None:
    """Inside an action, after whatever changed the session. Records: as `keep_thread_about`."""
    if by is not None:
        keep_thread_about(session, by=by, title=title_of(session), audience=audience_of(session))
