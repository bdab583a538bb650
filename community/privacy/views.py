"""Own data taken along, and the account given up."""

from django.conf import settings
from django.contrib import messages
from django.contrib.auth import logout
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_safe

from community.files import shelf
from community.files.views.serving import bytes_of
from community.members.models import Member
from community.members.proof import insist_on_proof, proved_to_act
from community.members.rulings import NotAllowed
from community.privacy.actions import ask_for_archive, ask_to_leave, stay_after_all
from community.privacy.forms import LeaveForm
from community.privacy.keys import GRACE, departure_id_of
from community.privacy.models import KEPT_FOR, Archive
from community.privacy.queries import archives_of, departure_for
from community.privacy.rules import can_ask_for_archive, can_leave, can_take_archive

AN_HOUR = 3600.0  # a download may take long on a slow line, and goes on where it was cut off


@never_cache
@login_required
@proved_to_act
def data(request: HttpRequest) -> HttpResponse:
    member = reader(request)
    if request.method == "POST":
        try:
            ask_for_archive(member)
        except NotAllowed as refusal:
            messages.error(request, str(refusal.reason))
        else:
            messages.success(
                request, pgettext("own data", "We are gathering your data. A mail tells you when it is ready.")
            )
        return redirect("privacy:data")
    context = {
        "archives": archives_of(member),
        "ruling": can_ask_for_archive(member),
        "days": KEPT_FOR.days,
        "demonstration": settings.DEMONSTRATION,
    }
    return render(request, "privacy/data.html", context)


@require_safe
@never_cache
@login_required
def take(request: HttpRequest, archive_id: int) -> HttpResponseBase:
    """For her alone, signed in, once she has shown that it is she: the address by itself opens nothing."""
    archive = get_object_or_404(Archive, pk=archive_id)
    if not can_take_archive(request.user, archive) or not shelf.shelf().exists(archive.path):
        raise Http404
    insist_on_proof(request, within=AN_HOUR)
    response = bytes_of(request, path=archive.path, size=archive.size_bytes, etag=f'"archive-{archive.pk}"')
    response["Content-Type"] = "application/zip"
    response["Content-Disposition"] = 'attachment; filename="frontline.zip"'
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = "sandbox; default-src 'none'"
    return response


@never_cache
@login_required
@proved_to_act
def leave(request: HttpRequest) -> HttpResponse:
    member = reader(request)
    ruling = can_leave(member)
    form = LeaveForm(request.POST or None)
    if request.method == "POST" and ruling and form.is_valid():
        ask_to_leave(member)
        logout(request)
        return redirect("privacy:left")
    context = {"form": form, "ruling": ruling, "days": GRACE.days}
    return render(request, "privacy/leave.html", context, status=200 if ruling else 403)


@require_safe
@never_cache
def left(request: HttpRequest) -> HttpResponse:
    return render(request, "privacy/left.html", {"days": GRACE.days, "demonstration": settings.DEMONSTRATION})


@never_cache
def stay(request: HttpRequest, key: str) -> HttpResponse:
    """GET shows a button: programs that look into mails follow links."""
    departure = departure_for(departure_id_of(key))
    if departure is None:
        return render(request, "account/link_spent.html", status=404)
    if request.method != "POST":
        return render(request, "privacy/stay.html", {"departure": departure})
    member = stay_after_all(departure)
    if member is None:
        return render(request, "account/link_spent.html", status=404)
    if member.is_suspended:
        messages.warning(request, pgettext("leaving", "Your account stays. It is suspended, as before."))
    else:
        messages.success(request, pgettext("leaving", "Your account stays. Welcome back: sign in as before."))
    return redirect("account_login")


def reader(request: HttpRequest) -> Member:
    """Signed in: every view that calls this asks for it."""
    assert isinstance(request.user, Member)  # noqa: S101 - for the type checker only
    return request.user
