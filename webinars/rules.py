"""Who may attend. Sessions are public: whoever may read may register, with an account or without."""

from django.utils import timezone
from django.utils.translation import pgettext_lazy

from community.members.models import Member
from community.members.rules import SIGN_IN
from community.members.rulings import YES, Ruling, Viewer, no
from webinars.models import Registration, Session, State


def can_register(viewer: Viewer, session: Session) -> Ruling:
    """Reading on is free to who is silenced, and so is attending."""
    if isinstance(viewer, Member) and not viewer.is_active:
        return SIGN_IN
    if session.cancelled_at is not None:
        return no(pgettext_lazy("why not", "This session does not take place."))
    if not session.takes_registrations:
        return no(pgettext_lazy("why not", "This session takes no registrations."))
    if session.registration_closes_at <= timezone.now():
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
