"""What protects one's account, on one page; and the pages that change it."""

from collections.abc import Callable
from typing import Any, TypeVar

from allauth.mfa.models import Authenticator
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import npgettext, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.members.actions.factors import (
    TooManyPasskeys,
    add_app,
    add_passkey,
    disconnect_provider,
    make_recovery_codes,
    remove_app,
    remove_passkey,
    rename_passkey,
)
from community.members.actions.places import end_other_places, end_place
from community.members.codes import app_address, new_secret, picture_of, step_of
from community.members.forms.protecting import AppForm, PasskeyNameForm, answer_of
from community.members.models import Member
from community.members.passkeys import WrongPasskey, ask_for_new, new_credential, passkeys_work
from community.members.proof import proved
from community.members.queries.protection import own_codes, passkey_of, places_of, protection_of
from community.members.rules import lacks_second_factor

View = TypeVar("View", bound=Callable[..., HttpResponse])
SECRET = "app_secret"  # noqa: S105 - its name in the session, until a code has proved it


@never_cache
@login_required
def security(request: HttpRequest) -> HttpResponse:
    member = _member(request)
    context = {
        "protection": protection_of(member),
        "signed_in_places": places_of(member),
        "here": request.session.session_key,
        "passkeys_work": passkeys_work(request),
        "provider": settings.OIDC_NAME,
        "must": lacks_second_factor(member),
    }
    return render(request, "account/security.html", context)


@never_cache
@login_required
@proved
def app(request: HttpRequest) -> HttpResponse:
    """GET shows a new secret as picture and text; a code of it proves that the app has it."""
    member = _member(request)
    if request.method != "POST" or SECRET not in request.session:
        request.session[SECRET] = new_secret()
    secret: str = request.session[SECRET]
    form = AppForm(request.POST or None)
    if request.method == "POST" and form.is_valid():
        step = step_of(secret, form.cleaned_data["code"])
        if step is not None:
            add_app(member, secret=secret, step=step)
            del request.session[SECRET]
            return _protected(request, member, pgettext("security page", "The authenticator app is connected."))
        form.add_error(
            "code", pgettext("adding an authenticator app", "This is not the code that belongs to the picture.")
        )
    context = {"form": form, "secret": secret, "picture": picture_of(app_address(secret, member.email))}
    return render(request, "account/app.html", context)


@require_POST
@login_required
@proved
def take_app_away(request: HttpRequest) -> HttpResponse:
    remove_app(_member(request))
    messages.success(request, pgettext("security page", "The authenticator app is removed."))
    return redirect("members:security")


@never_cache
@login_required
@proved
def new_passkey(request: HttpRequest) -> HttpResponse:
    member = _member(request)
    if not passkeys_work(request):
        raise Http404
    form = PasskeyNameForm(request.POST or None)
    if request.method == "POST" and form.is_valid() and _added(request, member, form):
        return _protected(request, member, pgettext("security page", "The passkey is added."))
    return render(request, "account/passkey_new.html", {"form": form, "options": ask_for_new(request, member)})


def _added(request: HttpRequest, member: Member, form: PasskeyNameForm) -> bool:
    try:
        credential = new_credential(request, answer_of(request.POST.get("credential", "")))
        add_passkey(member, name=form.cleaned_data["name"], credential=credential)
    except WrongPasskey:
        form.add_error(None, pgettext("passkey", "Your browser made no passkey. Please try again."))
    except TooManyPasskeys:
        form.add_error(None, pgettext("passkey", "You have as many passkeys as one can have. Remove one first."))
    return form.is_valid()


@never_cache
@login_required
@proved
def passkey(request: HttpRequest, passkey_id: int) -> HttpResponse:
    """Its name, and a button that removes it."""
    found = _own_passkey(request, passkey_id)
    form = PasskeyNameForm(request.POST or None, initial={"name": found.data["name"]})
    if request.method == "POST" and "remove" in request.POST:
        remove_passkey(found)
        messages.success(request, pgettext("security page", "The passkey is removed."))
        return redirect("members:security")
    if request.method == "POST" and form.is_valid():
        rename_passkey(found, name=form.cleaned_data["name"])
        return redirect("members:security")
    return render(request, "account/passkey.html", {"form": form, "passkey": found})


@never_cache
@require_POST
@login_required
@proved
def new_codes(request: HttpRequest) -> HttpResponse:
    """Shown once, on this answer: only their hashes are kept."""
    member = _member(request)
    if not member.has_second_factor:
        raise Http404
    return _codes(request, member)


@require_POST
@login_required
def download_codes(request: HttpRequest) -> HttpResponse:
    """The codes that her page has just shown, as a text file; nothing that is not one of hers."""
    codes = own_codes(_member(request), request.POST.getlist("code")[:20])
    if not codes:
        raise Http404
    response = HttpResponse(
        "\n".join([settings.PUBLIC_ORIGIN, "", *codes, ""]), content_type="text/plain; charset=utf-8"
    )
    response["Content-Disposition"] = 'attachment; filename="frontline-recovery-codes.txt"'
    response["Cache-Control"] = "no-store"
    return response


@require_POST
@login_required
@proved
def leave_provider(request: HttpRequest) -> HttpResponse:
    member = _member(request)
    if not member.has_usable_password() and not protection_of(member).passkeys:
        messages.error(request, pgettext("security page", "Choose a password first: nothing else would let you in."))
    else:
        disconnect_provider(member)
        messages.success(request, pgettext("security page", "The connection is removed."))
    return redirect("members:security")


@require_POST
@login_required
def sign_out_places(request: HttpRequest) -> HttpResponse:
    """One other place by its number, or all others. To be quick is what matters here: no proof is asked for."""
    member, here = _member(request), request.session.session_key or ""
    if "others" in request.POST:
        count = end_other_places(member, but=here)
        words = npgettext(
            "security page", "%(count)d other place is signed out.", "%(count)d other places are signed out.", count
        )
        messages.success(request, words % {"count": count})
        return redirect("members:security")
    number = request.POST.get("place", "")
    place = next((each for each in places_of(member) if str(each.pk) == number and each.session_key != here), None)
    if place is None:
        raise Http404
    end_place(place)
    messages.success(request, pgettext("security page", "That place is signed out."))
    return redirect("members:security")


def _member(request: HttpRequest) -> Member:
    return Member.objects.get(pk=request.user.pk or 0)


def _own_passkey(request: HttpRequest, passkey_id: int) -> Authenticator:
    found = passkey_of(_member(request), passkey_id)
    if found is None:
        raise Http404
    return found


def _protected(request: HttpRequest, member: Member, words: str) -> HttpResponse:
    """After the first second step: the codes for the day on which its device is lost."""
    messages.success(request, words)
    return redirect("members:security") if protection_of(member).codes_left else _codes(request, member)


def _codes(request: HttpRequest, member: Member) -> HttpResponse:
    context: dict[str, Any] = {"codes": make_recovery_codes(member)}
    response = render(request, "account/recovery_codes.html", context)
    response["Cache-Control"] = "no-store"
    return response
