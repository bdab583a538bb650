from django.contrib import admin

from community.facts.admin import ReadOnly
from community.polls.models import Poll


@admin.register(Poll)
class PollAdmin(ReadOnly, admin.ModelAdmin[Poll]):
    """To look at. Ballots are in no admin: who voted for what is nobody's business."""

    list_display = ["pk", "question", "stream", "voter_count", "closes_at", "closed_at"]
