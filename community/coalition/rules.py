from django.utils.translation import pgettext_lazy

from community.coalition.models import Stage, Wish
from community.members.choices import Role
from community.members.models import Member
from community.members.rules import can_write, has_role, is_moderator
from community.members.rulings import YES, Ruling, Viewer, no


def can_ask(viewer: Viewer) -> Ruling:
    """Guests may, and members whose writing is not paused."""
    return can_write(viewer) if isinstance(viewer, Member) else YES


def can_see_wishes(viewer: Viewer) -> bool:
    """Moderators and organisers: a wish holds a person's address."""
    return is_moderator(viewer) or has_role(viewer, Role.ORGANISER)


def can_decide(viewer: Viewer, wish: Wish) -> Ruling:
    if not can_see_wishes(viewer):
        return no(pgettext_lazy("refusal", "Only moderators and organisers decide about cities."))
    if wish.stage != Stage.WAITING:
        return no(pgettext_lazy("refusal", "This has been decided already."))
    if isinstance(viewer, Member) and (wish.member_id == viewer.pk or wish.email == viewer.email):
        return no(pgettext_lazy("refusal", "You asked for this city yourself: somebody else decides."))
    return YES
