from typing import Any

from django.contrib import admin
from django.http import HttpRequest
from modeltranslation.admin import TranslationAdmin

from community.facts.admin import ReadOnly
from forums.actions.keeping import keep_forum, keep_group
from forums.models import Exchange, Forum, ForumGroup, Offer, Post, Thread


@admin.register(ForumGroup)
class ForumGroupAdmin(TranslationAdmin):
    list_display = ["slug", "title", "position"]

    def save_model(self, request: HttpRequest, obj: ForumGroup, form: Any, change: bool) -> None:
        keep_group(obj, by_id=request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: ForumGroup | None = None) -> bool:
        return False


@admin.register(Forum)
class ForumAdmin(TranslationAdmin):
    list_display = ["slug", "title", "group", "kind", "audience", "position"]
    list_filter = ["group", "kind", "audience"]
    readonly_fields = ["thread_count", "last_post_at", "version"]
    raw_id_fields = ["moderators"]

    def save_model(self, request: HttpRequest, obj: Forum, form: Any, change: bool) -> None:
        keep_forum(obj, by_id=request.user.pk)

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        keep_forum(form.instance, moderators=form.cleaned_data["moderators"], by_id=request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Forum | None = None) -> bool:
        return False


@admin.register(Thread)
class ThreadAdmin(ReadOnly, admin.ModelAdmin[Thread]):
    list_display = ["pk", "title", "forum", "author", "post_count", "last_post_at", "is_hidden", "is_deleted"]
    list_select_related = ["forum", "author"]
    search_fields = ["title"]


@admin.register(Post)
class PostAdmin(ReadOnly, admin.ModelAdmin[Post]):
    list_display = ["pk", "thread", "kind", "author", "written_at", "hidden_at", "deleted_at"]
    list_select_related = ["thread", "author"]


@admin.register(Exchange)
class ExchangeAdmin(ReadOnly, admin.ModelAdmin[Exchange]):
    list_display = ["pk", "title", "city", "stage", "asked_at", "withdrawn_at", "hidden_at"]
    list_select_related = ["city"]
    list_filter = ["stage"]


@admin.register(Offer)
class OfferAdmin(ReadOnly, admin.ModelAdmin[Offer]):
    list_display = ["pk", "title", "city", "made_at", "withdrawn_at", "hidden_at"]
    list_select_related = ["city"]
