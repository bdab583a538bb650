"""Who may say what tags mean."""

from django.utils.translation import pgettext_lazy

from community.members.rules import SIGN_IN, is_moderator
from community.members.rulings import YES, Ruling, Viewer, no
from forums.rules.seeing import is_member


def can_curate_tags(viewer: Viewer) -> Ruling:
    """Tags run through all forums, so it takes a moderator of the whole site."""
    if not is_member(viewer):
        return SIGN_IN
    if is_moderator(viewer):
        return YES
    return no(pgettext_lazy("why not", "Only moderators of the whole site may say what tags mean."))
