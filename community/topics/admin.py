from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin
from taggit.models import Tag as PlainTag

from community.facts.admin import ReadOnly, WrittenByActions
from community.topics.actions import keep_theme
from community.topics.models import Tag, Theme


@admin.register(Theme)
class ThemeAdmin(WrittenByActions, TranslationAdmin):
    list_display = ["slug", "title", "position"]

    def save_model(self, request: HttpRequest, obj: Theme, form: Any, change: bool) -> None:
        keep_theme(obj, by_id=request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Theme | None = None) -> bool:
        return False


# taggit's own table of tags stands empty: ours are in `Tag`.
admin.site.unregister(PlainTag)


@admin.register(Tag)
class TagAdmin(ReadOnly, admin.ModelAdmin):
    """To look at: tags are made by those who use them."""

    list_display = ["name", "folded", "synonym_of"]
    search_fields = ["folded"]
