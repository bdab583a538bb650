from typing import Any

from django.contrib import admin
from django.http import HttpRequest

from community.facts.admin import ReadOnly, WrittenByActions
from community.search.actions import forget_synonym, keep_synonym
from community.search.models import Generation, Synonym


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


@admin.register(Generation)
class GenerationAdmin(ReadOnly, admin.ModelAdmin[Generation]):
    """To look at: `manage.py search` makes and switches them."""

    list_display = ["name", "standing", "begun_at", "live_since"]
