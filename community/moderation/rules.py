"""Who may report, who decides what, and how much a member may do."""

from datetime import timedelta
from typing import Any

from django.db.models import BooleanField, Exists, ExpressionWrapper, OuterRef, Q, QuerySet
from django.utils import timezone
from django.utils.translation import pgettext_lazy

from community.facts.listeners import fact_name
from community.facts.models import Fact
from community.members.models import Member
from community.members.rules import SIGN_IN, can_write, is_moderator, is_staff
from community.members.rulings import YES, Ruling, Viewer, no
from community.moderation.choices import ALLOWANCES, APPEALABLE, FREELY, REPORTS_AN_HOUR, SITE_WIDE, Allowance, State
from community.moderation.facts import Reported
from community.moderation.models import Appeal, Decision, Report, ReviewItem
from community.moderation.ports import PORTS, Moderated

MODERATORS_ONLY = no(pgettext_lazy("why not", "Only moderators may do that."))
SITE_MODERATORS_ONLY = no(pgettext_lazy("why not", "Only moderators of the whole site may do that."))
NOT_ONESELF = no(pgettext_lazy("why not", "Nobody decides about herself."))


def can_report(viewer: Viewer, kind: Moderated, thing: Any) -> Ruling:
    """Params: thing, one that the viewer sees."""
    if not (writing := can_write(viewer)):
        return writing
    author = kind.author(thing)
    if author is not None and author.pk == viewer.pk:
        return no(pgettext_lazy("why not", "This is your own."))
    if reports_of_late(viewer.pk) >= REPORTS_AN_HOUR:
        return no(pgettext_lazy("why not", "You have reported a lot within an hour. Please go on a little later."))
    return YES


def reports_of_late(member_id: int | None) -> int:
    """How often she reported within an hour, what she has taken back since included."""
    since = timezone.now() - timedelta(hours=1)
    return Fact.objects.filter(at__gte=since, name=fact_name(Reported), actor_id=member_id).count()


def can_withdraw_report(viewer: Viewer, report: Report) -> Ruling:
    if report.reporter_id != viewer.pk:
        return no(pgettext_lazy("why not", "Only who reported may take that back."))
    return YES if report.item.is_open else no(pgettext_lazy("why not", "Moderators have decided on it already."))


def moderates_anything(viewer: Viewer) -> bool:
    """One query at most."""
    if is_moderator(viewer):
        return True
    if not isinstance(viewer, Member) or not viewer.is_active:
        return False
    return Member.objects.filter(moderates_somewhere(viewer), pk=viewer.pk).exists()


def moderates_somewhere(viewer: Member) -> "ExpressionWrapper[Q]":
    """Whether some places have her as a moderator of their own, as a part of a query."""
    found = Q()
    for kind in PORTS.scopes.values():
        found |= Q(Exists(kind.moderated_by(viewer).order_by()))
    return ExpressionWrapper(found, output_field=BooleanField())


def in_her_scope(viewer: Viewer) -> Q:
    """What somebody moderates, asked of rows with `scope_kind` and `scope_id`."""
    if is_moderator(viewer):
        return Q()
    found = Q(pk__in=[])
    if isinstance(viewer, Member) and viewer.is_active:
        for kind in PORTS.scopes.values():
            found |= Q(scope_kind=kind.name, scope_id__in=kind.moderated_by(viewer).order_by().values("pk"))
    return found


def reviewable_items(viewer: Viewer) -> QuerySet[ReviewItem]:
    """What she decides on. What is about herself is left out: she reads neither who reported nor decides. So is what
    somebody asks about a sanction of hers on the whole site, as long as there is another to look at it.
    """
    if not isinstance(viewer, Member):
        return ReviewItem.objects.none()
    others = ~Q(author_id=viewer.pk) | Q(author=None)
    own = Appeal.objects.filter(item=OuterRef("pk"), decision__by=viewer.pk, decision__deed__in=SITE_WIDE)
    for_another = ~Exists(own) | ~Exists(site_moderators().exclude(pk=viewer.pk))
    return ReviewItem.objects.filter(in_her_scope(viewer), others, for_another)


def site_moderators() -> QuerySet[Member]:
    return Member.objects.filter(Q(is_moderator=True) | Q(is_administrator=True), is_active=True)


def can_review(viewer: Viewer, item: ReviewItem) -> Ruling:
    return YES if reviewable_items(viewer).filter(pk=item.pk).exists() else MODERATORS_ONLY


def can_decide_about(viewer: Viewer, member: Member | None) -> Ruling:
    """Asked wherever something is decided. Params: member, whose it is."""
    return NOT_ONESELF if member is not None and member.pk == viewer.pk else YES


def can_sanction(viewer: Viewer, member: Member | None) -> Ruling:
    """Whether she may pause this member's writing, or set how far she is trusted: it holds on the whole site."""
    if not is_moderator(viewer):
        return SITE_MODERATORS_ONLY
    if member is None or member.pk == viewer.pk:
        return NOT_ONESELF
    if is_staff(member):
        return no(pgettext_lazy("why not", "What moderators may do is for administrators to decide."))
    return YES


def appealable(viewer: Viewer) -> QuerySet[Decision]:
    """Decisions against her that she has not yet asked about, the latest first."""
    if not viewer.is_authenticated:
        return Decision.objects.none()
    return Decision.objects.filter(concerns_id=viewer.pk, deed__in=APPEALABLE, appeal=None).order_by("-pk")


def can_appeal(viewer: Viewer, decision: Decision) -> Ruling:
    """Also where her writing is paused: this is how she asks about that."""
    if not viewer.is_authenticated:
        return SIGN_IN
    if decision.concerns_id != viewer.pk:
        return no(pgettext_lazy("why not", "Only the member whom it concerns may ask about it."))
    if not appealable(viewer).filter(pk=decision.pk).exists():
        return no(pgettext_lazy("why not", "You have written to the moderators about this already."))
    return YES


def allowance(member: Member) -> Allowance:
    """How much a member may do, in the one place where that is asked. No query."""
    return FREELY if is_moderator(member) else ALLOWANCES.get(member.trust, FREELY)


def open_items() -> QuerySet[ReviewItem]:
    return ReviewItem.objects.filter(state=State.OPEN)
