"""Facts and deliveries to look at. Only actions write."""

from typing import Any

from django.contrib import admin, messages
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import npgettext, pgettext, pgettext_lazy

from community.facts.actions import action
from community.facts.deliveries import carry_out_again
from community.facts.models import Delivery, Fact


class ReadOnly:
    """Shown, never written: a mixin for model admins."""

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_change_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Any = None) -> bool:
        return False


class WrittenByActions:
    """A mixin for model admins whose `save_model` and `delete_model` call actions.

    Django's admin opens a transaction around a form; an action has to be the outermost one.
    """

    def changeform_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view = super().changeform_view  # type: ignore[misc]
        return (action(view) if request.method == "POST" else view)(request, *args, **kwargs)

    def delete_view(self, request: HttpRequest, *args: Any, **kwargs: Any) -> Any:
        view = super().delete_view  # type: ignore[misc]
        return (action(view) if request.method == "POST" else view)(request, *args, **kwargs)


class Standing(admin.SimpleListFilter):
    title = pgettext_lazy("deliveries in the admin", "how it stands")
    parameter_name = "stands"

    def lookups(self, request: HttpRequest, model_admin: Any) -> list[tuple[str, str]]:
        return [
            ("waiting", pgettext("deliveries in the admin", "waiting")),
            ("parked", pgettext("deliveries in the admin", "parked")),
            ("done", pgettext("deliveries in the admin", "done")),
        ]

    def queryset(self, request: HttpRequest, queryset: QuerySet[Delivery]) -> QuerySet[Delivery]:
        match self.value():
            case "waiting":
                return queryset.filter(done_at=None, parked_at=None)
            case "parked":
                return queryset.filter(done_at=None, parked_at__isnull=False)
            case "done":
                return queryset.filter(done_at__isnull=False)
        return queryset


@admin.register(Fact)
class FactAdmin(ReadOnly, admin.ModelAdmin[Fact]):
    list_display = ("id", "name", "ids", "actor_id", "request_id", "at")
    list_filter = ["name"]
    search_fields = ["request_id"]
    ordering = ["-id"]
    show_full_result_count = False


@admin.register(Delivery)
class DeliveryAdmin(ReadOnly, admin.ModelAdmin[Delivery]):
    list_display = ("id", "fact", "listener", "recipient_id", "due_at", "attempts", "done_at", "error")
    list_filter = [Standing, "lane", "listener"]
    list_select_related = ["fact"]
    ordering = ["-id"]
    show_full_result_count = False
    actions = ["carry_out_again"]

    @admin.action(description=pgettext_lazy("deliveries in the admin", "Carry out again (parked ones)"))
    def carry_out_again(self, request: HttpRequest, chosen: QuerySet[Delivery]) -> None:
        count = carry_out_again(chosen.values_list("pk", flat=True))
        told = npgettext(
            "deliveries in the admin", "%(count)s delivery will be carried out again.",
            "%(count)s deliveries will be carried out again.", count,
        )  # fmt: skip
        messages.success(request, told % {"count": count})
