"""A member's own reports."""

from django.http import Http404

from community.members.models import Member
from community.moderation.models import Report


def report_on(member: Member, kind: str, target_id: int) -> Report | None:
    return Report.objects.filter(reporter=member, kind=kind, target_id=target_id).first()


def report_for(member: Member, report_id: int) -> Report:
    """Raises: Http404 where it is not hers."""
    found = Report.objects.select_related("item").filter(pk=report_id, reporter=member).first()
    if found is None:
        raise Http404
    return found
