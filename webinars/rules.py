"""Who may see a session, who plans them, who may attend (whoever may see one may register), and who may propose."""

from datetime import datetime, timedelta

from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from community.members.choices import Role
from community.members.models import Member
from community.members.rules import SIGN_IN, can_write, has_role, is_administrator
from community.members.rulings import YES, Ruling, Viewer, no
from community.programmes.models import Programme
from forums.rules import can_see_forum
from webinars.choices import Visibility
from webinars.models import Proposal, Registration, Session, Stage, State

ROOM_OPENS_BEFORE = timedelta(minutes=15)  # for who attends; organisers and speakers get in at any time
ENTRIES_OPEN_FOR = timedelta(days=30)  # after the session: until then speakers edit their entries by their links

DISCUSSION_AHEAD = timedelta(weeks=4)  # a year of sessions published at once does not fill a forum at once


def discussion_opens_at(session: Session) -> datetime:
    """When the thread about it opens by itself, where its series has a forum."""
    return session.starts_at - DISCUSSION_AHEAD


def is_discussion_ahead(viewer: Viewer, session: Session) -> bool:
    """Whether one that she will be able to read opens by itself later. Needs `series__forum`."""
    is_for_its_readers = session.visibility in (Visibility.PUBLIC, Visibility.MEMBERS)
    takes_place = session.cancelled_at is None and is_for_its_readers
    if not takes_place or discussion_opens_at(session) <= timezone.now():
        return False
    forum = session.series.forum
    return forum is not None and bool(can_see_forum(viewer, forum))


def can_announce(viewer: Viewer, session: Session) -> Ruling:
    """To open the thread about it before that opens by itself. Needs `series__forum`."""
    if not is_organiser(viewer):
        return no(pgettext_lazy("why not", "Only organisers announce sessions."))
    if session.visibility not in (Visibility.PUBLIC, Visibility.MEMBERS):
        return no(pgettext_lazy("why not", "It is announced in the forum once everybody or all members can see it."))
    if session.cancelled_at is not None:
        return no(pgettext_lazy("why not", "This session does not take place."))
    if session.ends_at <= timezone.now():
        return no(pgettext_lazy("why not", "This session is over."))
    if session.series.forum is None:
        return no(pgettext_lazy("why not", "Its series has no forum yet. Choose one for the series first."))
    if not can_see_forum(viewer, session.series.forum):
        return no(pgettext_lazy("why not", "You do not see the forum of this series."))
    return YES


def is_organiser(viewer: Viewer) -> bool:
    """Who plans the schedule; an administrator may, too. No query."""
    return has_role(viewer, Role.ORGANISER) or is_administrator(viewer)


def seeable_sessions(viewer: Viewer) -> QuerySet[Session]:
    if is_organiser(viewer):
        return Session.objects.all()
    if not isinstance(viewer, Member) or not viewer.is_active:
        return Session.objects.filter(visibility=Visibility.PUBLIC)
    hers = Q(visibility__in=(Visibility.PUBLIC, Visibility.MEMBERS))
    if viewer.speaks_for_id is not None:
        programmes = Programme.objects.filter(cities=viewer.speaks_for_id)
        hers |= Q(visibility=Visibility.PROGRAMME, programme__in=programmes)
    return Session.objects.filter(hers)


def can_see_session(viewer: Viewer, session: Session) -> bool:
    """A query only for one of a programme, and a member whose work for a city is confirmed."""
    if is_organiser(viewer) or session.visibility == Visibility.PUBLIC:
        return True
    if session.is_draft or not isinstance(viewer, Member) or not viewer.is_active:
        return False
    if session.visibility == Visibility.MEMBERS:
        return True
    city, programme = viewer.speaks_for_id, session.programme_id
    if city is None or programme is None:
        return False
    return Programme.objects.filter(pk=programme, cities=city).exists()


def can_invite_speaker(viewer: Viewer, session: Session) -> Ruling:
    """To edit her own entry, by a link."""
    if not is_organiser(viewer):
        return no(pgettext_lazy("why not", "Only organisers write to speakers."))
    if session.ends_at <= timezone.now() - ENTRIES_OPEN_FOR:
        return no(pgettext_lazy("why not", "This session was over a month ago: such a link would lead nowhere."))
    return YES


def can_write_to_attendees(viewer: Viewer, session: Session) -> Ruling:
    """To all of them at once."""
    if not is_organiser(viewer):
        return no(pgettext_lazy("why not", "Only organisers write to those who come."))
    if session.is_draft:
        return no(pgettext_lazy("why not", "This session is not announced yet."))
    return can_write(viewer)


def can_register(viewer: Viewer, session: Session) -> Ruling:
    """Reading on is free to who is silenced, and so is attending."""
    if isinstance(viewer, Member) and not viewer.is_active:
        return SIGN_IN
    if session.is_draft:
        return no(pgettext_lazy("why not", "This session is not announced yet."))
    if not can_see_session(viewer, session):
        return no(pgettext_lazy("why not", "This session is for others."))
    if session.cancelled_at is not None:
        return no(pgettext_lazy("why not", "This session does not take place."))
    if not session.takes_registrations:
        return no(pgettext_lazy("why not", "This session takes no registrations."))
    if session.registration_closes_at <= timezone.now():
        return no(pgettext_lazy("why not", "Registration for this session is closed."))
    return YES


def can_note_attendance(viewer: Viewer, session: Session) -> Ruling:
    """From when it begins on, and for as long as its registrations are kept."""
    if not is_organiser(viewer):
        return no(pgettext_lazy("why not", "Only organisers note who came."))
    if session.cancelled_at is not None:
        return no(pgettext_lazy("why not", "This session does not take place."))
    if session.starts_at > timezone.now():
        return no(pgettext_lazy("why not", "This session has not begun yet."))
    return YES


def can_decide_who_comes(viewer: Viewer, session: Session) -> Ruling:
    """Where registrations wait for organisers. Also once nobody can register any more; not once it is over."""
    if not is_organiser(viewer):
        return no(pgettext_lazy("why not", "Only organisers decide who comes."))
    if session.cancelled_at is not None:
        return no(pgettext_lazy("why not", "This session does not take place."))
    if session.ends_at <= timezone.now():
        return no(pgettext_lazy("why not", "This session is over."))
    return can_write(viewer)  # a text of hers may go with it


def can_ask_again(registration: Registration, session: Session) -> Ruling:
    """Params: session, the registration's. A decision of its organisers stands for as long as they decide."""
    if registration.state == State.DECLINED and session.asks_approval:
        return no(pgettext_lazy("why not", "The organisers have decided about your request already."))
    return YES


def can_change_answers(registration: Registration, session: Session) -> Ruling:
    """Of her own, for as long as one can register. Params: session, the registration's."""
    if registration.state not in (State.REGISTERED, State.OFFERED, State.WAITING, State.REQUESTED):
        return no(pgettext_lazy("why not", "You are not registered for this session."))
    if session.cancelled_at is not None:
        return no(pgettext_lazy("why not", "This session does not take place."))
    if not session.takes_registrations or session.registration_closes_at <= timezone.now():
        return no(pgettext_lazy("why not", "Registration for this session is closed."))
    return YES


def can_accept(registration: Registration, session: Session) -> Ruling:
    """Params: session, with the registration's seat."""
    if session.cancelled_at is not None:
        return no(pgettext_lazy("why not", "This session does not take place."))
    offered_until = registration.offered_until
    if registration.state != State.OFFERED or offered_until is None or offered_until <= timezone.now():
        return no(pgettext_lazy("why not", "This seat is not offered to you any more."))
    return YES


def can_join(viewer: Viewer, session: Session, registration: Registration | None) -> Ruling:
    """To be told where it is held; `is_open` says from when on. A query only where it takes no registrations.

    Whoever may see one for which nobody has to register may join it. Params: registration, the viewer's to it.
    """
    if session.cancelled_at is not None:
        return no(pgettext_lazy("why not", "This session does not take place."))
    if session.ends_at <= timezone.now():
        return no(pgettext_lazy("why not", "This session is over."))
    if is_organiser(viewer) or (registration is not None and registration.state == State.REGISTERED):
        return YES
    if session.is_draft:
        return no(pgettext_lazy("why not", "This session is not announced yet."))
    asks = session.takes_registrations or session.asks_approval
    if asks or session.registrations.exclude(state=State.ASKED).exists():
        return no(pgettext_lazy("why not", "This session is for those who are registered."))
    return YES


def is_open(viewer: Viewer, session: Session) -> bool:
    """Whether the room lets in who may join."""
    return is_organiser(viewer) or timezone.now() >= session.starts_at - ROOM_OPENS_BEFORE


def can_propose(viewer: Viewer) -> Ruling:
    """Guests may, and members whose writing is not paused."""
    return can_write(viewer) if isinstance(viewer, Member) else YES


def seeable_proposals(viewer: Viewer) -> QuerySet[Proposal]:
    """Organisers see all; a member her own. Who has none of either is not told that there are any."""
    proposals = Proposal.objects.exclude(stage=Stage.UNCONFIRMED)
    if is_organiser(viewer):
        return proposals
    if not isinstance(viewer, Member) or not viewer.is_active:
        return proposals.none()
    return proposals.filter(member=viewer)


def can_see_proposal(viewer: Viewer, proposal: Proposal) -> bool:
    if proposal.stage == Stage.UNCONFIRMED or not isinstance(viewer, Member) or not viewer.is_active:
        return False
    return is_organiser(viewer) or proposal.member_id == viewer.pk


def can_decide_on(viewer: Viewer, proposal: Proposal) -> Ruling:
    """To vote on it, to accept and to decline it."""
    if not isinstance(viewer, Member) or not is_organiser(viewer):
        return no(pgettext_lazy("why not", "Only organisers decide about proposals."))
    if proposal.stage == Stage.WITHDRAWN:
        return no(pgettext_lazy("why not", "Whoever proposed this has withdrawn it."))
    if proposal.stage != Stage.NEW:
        return no(pgettext_lazy("why not", "This proposal has been decided already."))
    if proposal.member_id == viewer.pk or viewer.email in (proposal.email, proposal.speaker_email):
        return no(pgettext_lazy("why not", "This proposal is yours, or about you: others decide."))
    return YES


def can_withdraw(proposal: Proposal) -> Ruling:
    """For whoever proposed it, by her account or by her link; and to bring it back."""
    if proposal.stage not in (Stage.NEW, Stage.WITHDRAWN):
        return no(pgettext_lazy("why not", "This proposal has been decided already."))
    return YES
