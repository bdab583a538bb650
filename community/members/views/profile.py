"""A member's own profile."""

from typing import Any

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils import translation
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache

from community.members.actions import change_profile, show_less
from community.members.adapter import remember_language
from community.members.choices import SeenBy
from community.members.forms.profile import ProfileForm, SeenForm, profile_as_it_stands
from community.members.keeping import kept_fields, signed_out
from community.members.models import Member
from community.members.rules import can_write
from community.members.rulings import Ruling
from community.members.shown import shown_to
from community.members.views import people
from community.members.views.joining import safe_next

PREVIEWS = {"guest": SeenBy.EVERYBODY, "member": SeenBy.MEMBERS}


@never_cache
def profile(request: HttpRequest) -> HttpResponse:
    member = request.user
    if not isinstance(member, Member):
        return signed_out(request, back=reverse("members:profile"))
    if not (writing := can_write(member)):
        return _paused(request, member, writing)
    form = ProfileForm(request.POST or None, initial=_beginning(request, member), member=member)
    if request.method == "POST" and form.is_valid():
        member = change_profile(member, by=member, **form.cleaned_data)
        return _saved(request, member)
    context = {
        "form": form,
        "person": member,
        "next": safe_next(request),
        "home_address": reverse("home"),
        "is_new": member.version == 1 and not member.is_demonstration,
    }
    return render(request, "members/profile.html", context)


def _paused(request: HttpRequest, member: Member, writing: Ruling) -> HttpResponse:
    """While she may not write she may still show less of herself."""
    form = SeenForm(request.POST or None, initial=profile_as_it_stands(member))
    if request.method == "POST" and form.is_valid():
        return _saved(request, show_less(member, by=member, **form.cleaned_data))
    context = {"form": form, "person": member, "writing": writing}
    return render(request, "members/profile_paused.html", context, status=422 if form.errors else 200)


@never_cache
@login_required
def seen(request: HttpRequest, by: str) -> HttpResponse:
    """Her own page, as a guest or another member sees it."""
    if by not in PREVIEWS:
        raise Http404
    member = Member.objects.select_related("city", "organisation").get(pk=request.user.pk or 0)
    context = {**people.seen(shown_to(PREVIEWS[by], member)), "is_own": False, "preview": PREVIEWS[by].value}
    return render(request, "members/member.html", context)


def _beginning(request: HttpRequest, member: Member) -> dict[str, Any]:
    return {**profile_as_it_stands(member), **kept_fields(request, back=reverse("members:profile"))}


def _saved(request: HttpRequest, member: Member) -> HttpResponse:
    """Back to her page, in the language that she has chosen."""
    with translation.override(member.language):
        messages.success(request, pgettext("profile", "Your profile is saved."))
        response = redirect(safe_next(request) or reverse("members:member", args=[member.handle]))
    remember_language(response, member.language)
    return response
