"""Members, cities and groups for administrators. What actions write is shown; what is changed here, actions change."""

from typing import Any

from allauth.account.decorators import secure_admin_login
from allauth.account.models import EmailAddress
from allauth.mfa.models import Authenticator
from allauth.socialaccount.models import SocialAccount, SocialApp, SocialToken
from django import forms
from django.contrib import admin
from django.db.models import QuerySet
from django.http import HttpRequest
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import pgettext, pgettext_lazy
from modeltranslation.admin import TranslationAdmin

from community.facts.admin import ReadOnly, WrittenByActions
from community.members.actions import change_roles, keep_circle, keep_city
from community.members.choices import Hazard, Role
from community.members.forms.fields import insist_on_whole_place
from community.members.models import City, Group, Member, Organisation
from community.members.rules import can_be_spared
from community.members.rulings import YES
from community.text.folding import bare_letters

ROLE_FIELDS = [f"is_{role.value}" for role in Role]

# The house's own sign-in has limits; the admin's would be a second door without them.
admin.site.login = secure_admin_login(admin.site.login)  # type: ignore[method-assign]
for secret in (EmailAddress, Authenticator, SocialAccount, SocialApp, SocialToken):  # nobody's to see or change here
    if admin.site.is_registered(secret):
        admin.site.unregister(secret)


class MemberForm(forms.ModelForm):
    """The last administrator stays one."""

    def clean(self) -> dict[str, Any]:
        stays = self.cleaned_data.get("is_administrator")
        ruling = YES if stays else can_be_spared(Member.objects.get(pk=self.instance.pk))
        if not ruling:
            self.add_error(None, str(ruling.reason))
        return self.cleaned_data


@admin.register(Member)
class MemberAdmin(WrittenByActions, admin.ModelAdmin):
    """Roles can be changed here, by the action that tells of it. To suspend somebody is decided elsewhere, with its
    reason: the page that `suspension` leads to.
    """

    form = MemberForm
    list_display = ["handle", "name", "email", "city", "is_suspended", "is_leaving", *ROLE_FIELDS]
    list_filter = ["is_suspended", "is_leaving", *ROLE_FIELDS]
    list_select_related = ["city"]
    search_fields = ["called", "email"]
    fields = [
        *["handle", "name", "email", "city", "organisation", "position", "language", "timezone", "joined_at"],
        *["last_login", "has_second_factor", "trust", "silenced_until", "is_suspended", "is_leaving"],
        *["suspension", *ROLE_FIELDS],
    ]

    def get_readonly_fields(self, request: HttpRequest, obj: Member | None = None) -> list[str]:
        return [str(field) for field in self.fields if field not in ROLE_FIELDS]

    def get_search_results(
        self, request: HttpRequest, queryset: QuerySet[Member], search_term: str
    ) -> tuple[QuerySet[Member], bool]:
        """Neither case nor accents matter, as in search."""
        return super().get_search_results(request, queryset, bare_letters(search_term))

    def save_model(self, request: HttpRequest, obj: Member, form: Any, change: bool) -> None:
        administrator = Member.objects.get(pk=request.user.pk or 0)
        if set(form.changed_data) & set(ROLE_FIELDS):
            change_roles(obj, roles=obj.roles, by=administrator)

    @admin.display(description=pgettext_lazy("column in the admin", "suspension"))
    def suspension(self, member: Member) -> str:
        words = pgettext("link in the admin", "Suspend, or let back in")
        return format_html('<a href="{}">{}</a>', reverse("moderation:member", args=[member.handle]), words)

    def has_add_permission(self, request: HttpRequest) -> bool:
        return False

    def has_delete_permission(self, request: HttpRequest, obj: Member | None = None) -> bool:
        return False


class CityForm(forms.ModelForm):
    """Hazards are a closed list."""

    hazards = forms.MultipleChoiceField(choices=Hazard.choices, required=False, widget=forms.CheckboxSelectMultiple)

    def clean(self) -> dict[str, Any]:
        insist_on_whole_place(self)
        return self.cleaned_data


@admin.register(City)
class CityAdmin(WrittenByActions, TranslationAdmin):
    form = CityForm
    list_display = ["slug", "name", "country", "region"]
    exclude = ["version"]

    def save_model(self, request: HttpRequest, obj: City, form: Any, change: bool) -> None:
        """With its priorities, below."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        keep_city(form.instance, by_id=request.user.pk, priorities=form.cleaned_data["priorities"])

    def has_delete_permission(self, request: HttpRequest, obj: City | None = None) -> bool:
        return False


@admin.register(Group)
class GroupAdmin(WrittenByActions, admin.ModelAdmin):
    list_display = ["slug", "name"]
    raw_id_fields = ["people"]

    def save_model(self, request: HttpRequest, obj: Group, form: Any, change: bool) -> None:
        """With its people, below."""

    def save_related(self, request: HttpRequest, form: Any, formsets: Any, change: bool) -> None:
        keep_circle(form.instance, people=form.cleaned_data["people"], by_id=request.user.pk)

    def has_delete_permission(self, request: HttpRequest, obj: Group | None = None) -> bool:
        return False


@admin.register(Organisation)
class OrganisationAdmin(ReadOnly, admin.ModelAdmin):
    """To look at: organisations are named by their members."""

    list_display = ["name", "website"]
    search_fields = ["name"]
