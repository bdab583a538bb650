"""What members ask moderators to look at."""

from typing import Any

from django.utils import timezone

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions.items import change_item, open_item, streams_of
from community.moderation.choices import Cause, State
from community.moderation.facts import Reported, ReportWithdrawn, ReviewItemWithdrawn
from community.moderation.models import Report, ReviewItem
from community.moderation.ports import Moderated
from community.moderation.rules import can_report, can_withdraw_report


@action
def report(thing: Any, *, kind: Moderated, by: Member, reason: str, note: str = "") -> Report:
    """Once a member and thing: again is the same report. Raises: NotAllowed. Records: Reported, ReviewItemOpened."""
    if standing := Report.objects.filter(kind=kind.name, target_id=thing.pk, reporter=by).first():
        return standing
    insist(can_report(by, kind, thing))
    item = open_item(kind, thing, cause=Cause.REPORT)
    made, is_new = Report.objects.get_or_create(
        kind=kind.name, target_id=thing.pk, reporter=by, defaults={"item": item, "reason": reason, "note": note}
    )
    if is_new:
        change_item(item)
        record(Reported(made.pk, item.pk), streams=streams_of(item), actor_id=by.pk)
    return made


@action
def withdraw_report(report: Report, *, by: Member) -> None:
    """The inverse, until somebody has decided; with the last report goes the item. Records: ReportWithdrawn."""
    item = ReviewItem.objects.select_for_update(no_key=True).get(pk=report.item_id)
    report.item = item
    insist(can_withdraw_report(by, report))
    report_id = report.pk
    if not Report.objects.filter(pk=report.pk).delete()[0]:
        return
    record(ReportWithdrawn(report_id, item.pk), streams=streams_of(item), actor_id=by.pk)
    if item.cause == Cause.REPORT and not item.reports.exists() and not item.appeals.exists():
        change_item(item, state=State.WITHDRAWN, closed_at=timezone.now(), claimed_by_id=None, claimed_until=None)
        record(ReviewItemWithdrawn(item.pk), streams=streams_of(item), actor_id=by.pk)
    else:
        change_item(item)
