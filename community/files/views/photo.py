"""A member's photo: chosen, cut in the browser or from the middle, made anew by the worker, taken away."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.files.actions import delete_photo
from community.files.choices import Purpose, State
from community.files.models import StoredFile
from community.files.queries import files_of_member
from community.files.uploads import Unwanted, take_whole
from community.files.words import refusal_words
from community.members.keeping import sign_in_first
from community.members.models import Member

NAME = "photo"


@never_cache
def photo(request: HttpRequest) -> HttpResponse:
    member = request.user
    if not isinstance(member, Member):
        return sign_in_first(request, back=request.path)
    error = sent(request, member) if request.method == "POST" else ""
    if request.method == "POST" and not error:
        words = pgettext("profile photo", "Your photo is being prepared. It will be there in a moment.")
        messages.success(request, words)
        return redirect("files:photo")
    latest = files_of_member(member).filter(purpose=Purpose.PHOTO).first()
    context = {"person": member, "error": error or words_of_latest(latest), "waits": waits(latest)}
    return render(request, "files/photo.html", context, status=422 if error else 200)


def sent(request: HttpRequest, member: Member) -> str:
    """Why it is not taken, in words; empty where it is."""
    upload = request.FILES.get("photo")
    if upload is None:
        return pgettext("profile photo", "Choose a picture first.")
    try:
        take_whole(member, upload, purpose=Purpose.PHOTO, name=NAME)
    except Unwanted as error:
        return str(error)
    return ""


def words_of_latest(file: StoredFile | None) -> str:
    return refusal_words(file) if file else ""


def waits(file: StoredFile | None) -> bool:
    return file is not None and file.state == State.PREPARING


@require_POST
def remove(request: HttpRequest) -> HttpResponse:
    member = request.user
    if not isinstance(member, Member):
        return sign_in_first(request, back=request.path)
    delete_photo(member)
    messages.success(request, pgettext("profile photo", "Your photo is gone."))
    return redirect("files:photo")
