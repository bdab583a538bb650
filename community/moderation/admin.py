"""To be read: moderators write on their own pages."""

from django.contrib import admin

from community.facts.admin import ReadOnly
from community.moderation.models import Appeal, Decision, Report, ReviewItem, Sanction


@admin.register(Decision)
class DecisionAdmin(ReadOnly, admin.ModelAdmin[Decision]):
    list_display = ["at", "deed", "category", "target_type", "target_id", "by", "reason"]
    list_filter = ["deed", "category"]
    list_select_related = ["target_type", "by"]


@admin.register(ReviewItem)
class ReviewItemAdmin(ReadOnly, admin.ModelAdmin[ReviewItem]):
    list_display = ["opened_at", "kind", "target_id", "scope_kind", "scope_id", "cause", "state", "claimed_by"]
    list_filter = ["state", "cause", "kind"]
    list_select_related = ["claimed_by"]


@admin.register(Report)
class ReportAdmin(ReadOnly, admin.ModelAdmin[Report]):
    list_display = ["at", "kind", "target_id", "reason", "reporter"]
    list_filter = ["reason"]
    list_select_related = ["reporter"]


@admin.register(Appeal)
class AppealAdmin(ReadOnly, admin.ModelAdmin[Appeal]):
    list_display = ["at", "decision", "author"]
    list_select_related = ["decision", "author"]


@admin.register(Sanction)
class SanctionAdmin(ReadOnly, admin.ModelAdmin[Sanction]):
    list_display = ["member", "kind", "until", "lifted_at"]
    list_filter = ["kind"]
    list_select_related = ["member"]
