"""Who is who, and who may do what to members. Stated here once, for every room."""

from collections.abc import Callable

from django.conf import settings
from django.db.models import Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext, pgettext_lazy

from community.members.choices import Role, SecondFactorFor
from community.members.models import FormerHandle, Member
from community.members.rulings import YES, Ruling, Viewer, no
from community.text.slugs import slug_of
from i18n.times import moment_in_words

SIGN_IN = no(pgettext_lazy("why not", "Sign in first, please."))

HANDLE_LETTERS = 30
MOST_FORMER_HANDLES = 5  # each is kept from everybody else

STAFF = frozenset({Role.MODERATOR, Role.ADMINISTRATOR})


# What rooms above entrust to members: each says whether a member has such a task, as a fact and not as a permission.
TASKS_OF_STAFF: list[Callable[[Member], bool]] = []


def sleeps(viewer: Viewer) -> bool:
    """Whether tasks of staff, where she has any, sleep until she has a second factor (setting SECOND_FACTOR_FOR).

    Asks no database.
    """
    is_asked = settings.SECOND_FACTOR_FOR != SecondFactorFor.NONE
    return is_asked and isinstance(viewer, Member) and not viewer.has_second_factor


def lacks_second_factor(viewer: Viewer) -> bool:
    """Whether she has to set one up first. A query for each task of staff, only where she has none and no role."""
    if not isinstance(viewer, Member) or not sleeps(viewer):
        return False
    if settings.SECOND_FACTOR_FOR == SecondFactorFor.ALL or is_staff(viewer):
        return True
    return any(has_task(viewer) for has_task in TASKS_OF_STAFF)


def is_staff(member: Member) -> bool:
    """Of the whole site, as a fact: also where her roles sleep. What she may do is for `has_role()` to say."""
    return bool(member.roles & STAFF)


def has_role(viewer: Viewer, role: Role) -> bool:
    """An administrator has her own role only: what she may do beyond is said where it is asked.

    The roles of who lacks a second factor sleep, on every surface, until she has one.
    """
    if not isinstance(viewer, Member) or not viewer.is_active or role not in viewer.roles:
        return False
    return not (role in STAFF and sleeps(viewer))


def is_moderator(viewer: Viewer) -> bool:
    """Of the whole site; a forum's own moderators are a matter of forums."""
    return has_role(viewer, Role.MODERATOR) or has_role(viewer, Role.ADMINISTRATOR)


def is_administrator(viewer: Viewer) -> bool:
    return has_role(viewer, Role.ADMINISTRATOR)


def can_see_member(viewer: Viewer, member: Member) -> bool:
    return member.is_active


def visible_members(viewer: Viewer) -> QuerySet[Member]:
    """Members whose pages and names are shown: suspended ones are not, to anybody."""
    return Member.objects.filter(is_active=True)


def is_silenced(member: Member) -> bool:
    return member.silenced_until is not None and member.silenced_until > timezone.now()


def can_write(viewer: Viewer) -> Ruling:
    """Whether she may write anything at all. Every room asks this before its own rules; no query."""
    if not isinstance(viewer, Member) or not viewer.is_active:
        return SIGN_IN
    if viewer.silenced_until is None or not is_silenced(viewer):
        return YES
    said = pgettext(
        "why not", "Moderators have paused your writing until %(until)s. You may read on. Their reason: %(reason)s"
    )
    return no(said % {"until": moment_in_words(viewer.silenced_until), "reason": viewer.silenced_reason})


def can_see_colleagues(viewer: Viewer, city_id: int | None) -> bool:
    """Whether she says who works for this city: those of whom it is confirmed, and moderators."""
    if not isinstance(viewer, Member) or not viewer.is_active or city_id is None:
        return False
    return viewer.speaks_for_id == city_id or is_moderator(viewer)


def can_confirm(viewer: Viewer, member: Member) -> Ruling:
    """Also asked before it is taken back. No query."""
    if not (writes := can_write(viewer)):
        return writes
    if member.is_active and can_see_colleagues(viewer, member.city_id):
        return YES
    return no(pgettext_lazy("refusal", "Only colleagues of that city and moderators say who works for it."))


def can_change_profile(viewer: Viewer, member: Member) -> Ruling:
    if isinstance(viewer, Member) and viewer.is_active and viewer.pk == member.pk:
        return YES
    return no(pgettext_lazy("refusal", "Only the member can change this profile."))


HANDLE_TAKEN = pgettext_lazy("why not such a handle", "Somebody else has this handle, or had it.")


def can_be_called(member: Member, handle: str) -> Ruling:
    """Whether this may be her handle: one of her former ones always; else one in its plain form that is nobody's.

    Two queries, or none where it is hers now.
    """
    if handle == member.handle:
        return YES
    if handle == "-" or slug_of(handle, max_length=HANDLE_LETTERS) != handle:
        words = pgettext(
            "why not such a handle",
            "Small letters from a to z, digits and hyphens between them, at most %(most)s. Some words are taken by "
            "pages of this site.",
        )
        return no(words % {"most": HANDLE_LETTERS})
    is_anybodys = Member.objects.filter(handle=handle).exists()  # asked first: whoever leaves it has left it as former
    former = list(FormerHandle.objects.filter(Q(handle=handle) | Q(member=member)).values_list("member_id", "handle"))
    if (member.pk, handle) in former:
        return YES
    if is_anybodys or any(owner != member.pk for owner, _ in former):
        return no(HANDLE_TAKEN)
    if len(former) >= MOST_FORMER_HANDLES:
        return no(
            pgettext_lazy("why not such a handle", "You have had many handles by now. Take one of your former ones.")
        )
    return YES


def can_change_roles(viewer: Viewer) -> Ruling:
    if is_administrator(viewer):
        return YES
    return no(pgettext_lazy("refusal", "Only administrators may change what members may do."))


def can_be_spared(member: Member) -> Ruling:
    """Whether the site keeps an administrator without her: the bare role counts, for one that sleeps can wake."""
    others = Member.objects.filter(is_administrator=True, is_active=True).exclude(pk=member.pk)
    if not member.is_administrator or not member.is_active or others.exists():
        return YES
    return no(pgettext_lazy("refusal", "This is the only administrator. Make somebody else one first."))


def can_suspend(viewer: Viewer, member: Member) -> Ruling:
    if not is_administrator(viewer):
        return no(pgettext_lazy("refusal", "Only administrators may suspend members."))
    if isinstance(viewer, Member) and viewer.pk == member.pk:
        return no(pgettext_lazy("refusal", "You cannot suspend yourself."))
    return YES
