from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from community.moderation.models import Decision


@admin.register(Decision)
class DecisionAdmin(admin.ModelAdmin[Decision]):
    """To be read."""

    list_display = ["at", "deed", "target_type", "target_id", "by", "reason"]
    list_filter = ["deed"]
    list_select_related = ["target_type", "by"]

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False
