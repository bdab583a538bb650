from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin

from community.facts.admin import WrittenByActions
from community.programmes.actions import choose_cities, keep_programme
from community.programmes.models import Programme


@admin.register(Programme)
class ProgrammeAdmin(WrittenByActions, TranslationAdmin):
    list_display = ["slug", "title", "region"]
    filter_horizontal = ["cities"]

    def save_model(self, request: HttpRequest, obj: Programme, form: Any, change: bool) -> None:
        keep_programme(obj, by_id=request.user.pk)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        choose_cities(form.instance, cities=form.cleaned_data["cities"], by_id=request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Programme | None = None) -> bool:
        return False
