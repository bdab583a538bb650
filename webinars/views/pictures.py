"""The picture of a speaker or of a series, brought or taken away by an organiser at the desk."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.files.choices import Kind
from community.files.contents import HEAD_BYTES, NotTaken, found_at_start
from community.files.models import StoredFile
from community.files.uploads import Unwanted, take_whole
from community.members.keeping import signed_out
from community.members.models import Member
from community.text.clean import UnfitText, clean_line
from webinars.actions import picture_series, picture_speaker
from webinars.models import Series
from webinars.queries import speaker_at_desk
from webinars.views.desk import organiser_here

ALT_CHARACTERS = 300


@require_POST
@never_cache
def of_speaker(request: HttpRequest, speaker_id: int) -> HttpResponse:
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path.removesuffix("picture/"))
    speaker = speaker_at_desk(speaker_id)
    if "remove" in request.POST:
        picture_speaker(speaker, None, by=organiser)
    elif (file := _brought(request, organiser)) is not None:
        picture_speaker(speaker, file, by=organiser, alt=_alt(request))
    return redirect("webinars:desk-speaker", speaker.pk)


@require_POST
@never_cache
def of_series(request: HttpRequest, slug: str) -> HttpResponse:
    if (organiser := organiser_here(request)) is None:
        return signed_out(request, back=request.path.removesuffix("picture/"))
    series = get_object_or_404(Series, slug=slug)
    if "remove" in request.POST:
        picture_series(series, None, by=organiser)
    elif (file := _brought(request, organiser)) is not None:
        picture_series(series, file, by=organiser, alt=_alt(request))
    return redirect("webinars:desk-series", series.slug)


def _brought(request: HttpRequest, organiser: Member) -> StoredFile | None:
    """None where it is not taken, and a message says why."""
    upload = request.FILES.get("picture")
    if upload is None:
        messages.error(request, pgettext("profile photo", "Choose a picture first."))
        return None
    try:
        found = found_at_start(upload.read(HEAD_BYTES))
        upload.seek(0)
        if found is not None and found.kind == Kind.IMAGE:
            file = take_whole(organiser, upload)
            messages.success(request, pgettext("picture of a speaker", "The picture is here in a moment."))
            return file
    except Unwanted as error:
        messages.error(request, str(error))
        return None
    except NotTaken:
        pass
    messages.error(request, pgettext("picture of a speaker", "Choose a picture: JPEG, PNG, WebP or GIF."))
    return None


def _alt(request: HttpRequest) -> str:
    try:
        return clean_line(request.POST.get("alt", ""))[:ALT_CHARACTERS]
    except UnfitText:
        return ""
