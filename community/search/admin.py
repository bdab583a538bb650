from typing import Any

from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest

from community.facts.admin import ReadOnly, WrittenByActions
from community.search.actions import forget_synonym, keep_synonym
from community.search.models import Generation, Missed, Synonym

FEWEST_TIMES = 3


@admin.register(Synonym)
class SynonymAdmin(WrittenByActions, admin.ModelAdmin[Synonym]):
    """`CRO, chief resilience officer`: either finds what has the other."""

    list_display = ["words"]
    search_fields = ["words"]
    actions = None

    def save_model(self, request: HttpRequest, obj: Synonym, form: Any, change: bool) -> None:
        keep_synonym(obj, by_id=request.user.pk)

    def delete_model(self, request: HttpRequest, obj: Synonym) -> None:
        forget_synonym(obj, by_id=request.user.pk)


@admin.register(Missed)
class MissedAdmin(ReadOnly, admin.ModelAdmin[Missed]):
    """What members look for and we have not: what to write about. Words of few are not told."""

    list_display = ["words", "times", "last_on"]
    ordering = ["-times", "words"]
    search_fields = ["words"]

    def get_queryset(self, request: HttpRequest) -> QuerySet[Missed]:
        return super().get_queryset(request).filter(times__gte=FEWEST_TIMES)


@admin.register(Generation)
class GenerationAdmin(ReadOnly, admin.ModelAdmin[Generation]):
    """To look at: `manage.py search` makes and switches them."""

    list_display = ["name", "standing", "begun_at", "live_since"]
