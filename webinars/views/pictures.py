"""The picture of a speaker or of a series, brought or taken away by an organiser at the desk; hers also by herself."""

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, redirect, render
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from community.files.choices import Kind
from community.files.contents import HEAD_BYTES, NotTaken, found_at_start
from community.files.models import StoredFile
from community.files.uploads import OwnerMayNot, Unwanted, take_whole
from community.limits import allow
from community.members.keeping import signed_out, too_often
from community.members.models import Member
from community.text.clean import UnfitText, clean_line
from webinars.actions import picture_series, picture_speaker
from webinars.models import Series
from webinars.queries import speaker_at_desk, speaker_of_token
from webinars.views.desk import organiser_here
from webinars.views.entries import DEEDS_AN_HOUR
from webinars.views.linked import behind_a_link

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


@behind_a_link
@require_POST
def own(request: HttpRequest, token: str) -> HttpResponse:
    """Behind a speaker's link: among the files of the organiser who sent it, for as long as there is one."""
    if (speaker := speaker_of_token(token)) is None:
        return render(request, "webinars/speaker_link_spent.html", status=404)
    if not allow(f"speaker-entry:{speaker.pk}", times=DEEDS_AN_HOUR, seconds=3600):
        return too_often(request)
    if "remove" in request.POST:
        picture_speaker(speaker, None, by=None)
    elif speaker.link_by is None or not speaker.link_by.is_active:
        messages.error(request, _not_by_this_link())
    elif (file := _brought(request, speaker.link_by, by_link=True)) is not None:
        picture_speaker(speaker, file, by=None, alt=_alt(request))
    return redirect("webinars:speaker", token)


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


def _brought(request: HttpRequest, organiser: Member, *, by_link: bool = False) -> StoredFile | None:
    """None where it is not taken, and a message says why. Params: by_link, by somebody who is not to hear why the
    organiser herself may bring none.
    """
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
        is_hers = by_link and isinstance(error, OwnerMayNot)
        messages.error(request, _not_by_this_link() if is_hers else str(error))
        return None
    except NotTaken:
        pass
    messages.error(request, pgettext("picture of a speaker", "Choose a picture: JPEG, PNG, WebP or GIF."))
    return None


def _not_by_this_link() -> str:
    return pgettext("picture of a speaker", "It cannot be taken by this link. Send it to the organisers by mail.")


def _alt(request: HttpRequest) -> str:
    try:
        return clean_line(request.POST.get("alt", ""))[:ALT_CHARACTERS]
    except UnfitText:
        return ""
