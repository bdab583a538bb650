"""My files: what I keep here, how much of it I may, and where each is used."""

from django.conf import settings
from django.contrib import messages
from django.core.paginator import Paginator
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.files.actions import delete_file
from community.files.queries import files_of_member, own_file, used
from community.files.rules import bytes_of
from community.files.words import refusal_words
from community.members.keeping import sign_in_first
from community.members.models import Member

FILES_A_PAGE = 50


@never_cache
def files(request: HttpRequest) -> HttpResponse:
    member = request.user
    if not isinstance(member, Member):
        return sign_in_first(request, back=request.path)
    page = Paginator(files_of_member(member), FILES_A_PAGE).get_page(request.GET.get("page"))
    shown = [(each, refusal_words(each.file)) for each in used(member, page.object_list)]
    kept = bytes_of(member)
    context = {
        "page": page,
        "files": shown,
        "kept": kept,
        "most": settings.MEMBER_BYTES,
        "left": max(0, settings.MEMBER_BYTES - kept),
    }
    return render(request, "files/own.html", context)


@require_POST
def delete(request: HttpRequest, file_id: int) -> HttpResponse:
    """What is used somewhere is asked about once more."""
    member = request.user
    if not isinstance(member, Member):
        return sign_in_first(request, back=request.path)
    file = own_file(member, file_id)
    if file.held_id is not None and "sure" not in request.POST:  # it stands somewhere, and nothing brings it back
        [there] = used(member, [file])
        return render(request, "files/delete.html", {"file": file, "place": there.place})
    delete_file(file, by=member)
    messages.success(request, pgettext("my files", "“%(name)s” is deleted.") % {"name": file.name})
    return redirect("files:own")
