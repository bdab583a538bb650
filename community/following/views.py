"""What a member follows, and the door through which every control changes it."""

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.following.actions import follow, set_level_of_writing, unfollow
from community.following.choices import MEANINGS, Level
from community.following.forms import LevelForm
from community.following.ports import Card
from community.following.queries import card_of, follows_of, level_of_writing, standing_to
from community.members.keeping import sign_in_first
from community.members.models import Member
from community.members.views.joining import safe_next


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    rows, numbers = follows_of(reader(request), page_number(request))
    context = {
        "rows": rows,
        "page": numbers,
        "writing": level_of_writing(reader(request)),
        "levels": [(level, MEANINGS[level]) for level in (Level.NORMAL, Level.TRACKING, Level.WATCHING)],
        "undo": undo_of(request),
    }
    return render(request, "following/index.html", context)


@require_POST
def choose(request: HttpRequest, kind: str, target_id: int) -> HttpResponse:
    """`level`, one that the thing can be followed at, or none to choose nothing any more; back to `next`, or to the
    list with the way to undo it."""
    if not request.user.is_authenticated:
        return sign_in_first(request, back=safe_next(request) or reverse("following:index"))
    card, form = card_of(reader(request), kind, target_id), LevelForm(request.POST)
    if card is None or not form.is_valid():
        raise Http404
    standing, level = standing_to(reader(request), kind, target_id), form.cleaned_data["level"]
    if level is not None and level not in dict(standing.levels):
        raise Http404
    if level is None:
        unfollow(reader(request), kind=kind, target_id=target_id)
    else:
        follow(reader(request), kind=kind, target_id=target_id, level=level)
    messages.success(request, words_after(card, level))
    return redirect(safe_next(request) or list_with_undo(kind, target_id, standing.chosen, level))


@require_POST
@login_required
def writing(request: HttpRequest) -> HttpResponse:
    form = LevelForm(request.POST)
    if not form.is_valid() or not form.cleaned_data["level"]:
        raise Http404
    set_level_of_writing(reader(request), level=form.cleaned_data["level"])
    messages.success(request, pgettext("said after a setting was changed", "Your choice is saved."))
    return redirect("following:index")


def words_after(card: Card, level: Level | None) -> str:
    if level is None:
        words = pgettext("said after choosing a level", "You have no choice of your own for “%(title)s” any more.")
    elif level == Level.MUTED:
        words = pgettext("said after choosing a level", "“%(title)s” is muted now.")
    elif level == Level.NORMAL:
        words = pgettext("said after choosing a level", "“%(title)s” is at normal now.")
    elif level == Level.TRACKING:
        words = pgettext("said after choosing a level", "You track “%(title)s” now.")
    else:
        words = pgettext("said after choosing a level", "You watch “%(title)s” now.")
    return words % {"title": card.title}


def list_with_undo(kind: str, target_id: int, before: Level | None, now: Level | None) -> str:
    address = reverse("following:index")
    if before == now:
        return address
    return f"{address}?{urlencode({'changed': f'{kind}:{target_id}', 'was': '' if before is None else before.value})}"


def undo_of(request: HttpRequest) -> dict[str, str] | None:
    """Where the list was just changed: what to say to have it as it was. The door asks all rules again."""
    kind, _, target_id = request.GET.get("changed", "").partition(":")
    was = request.GET.get("was", "")
    if not (kind.isalpha() and target_id.isascii() and target_id.isdigit() and len(target_id) < 16):
        return None
    known = was == "" or was in {str(level) for level in Level.values}
    return {"address": reverse("following:choose", args=[kind, int(target_id)]), "was": was} if known else None


def page_number(request: HttpRequest) -> int:
    number = request.GET.get("page", "1")
    return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else 1


def reader(request: HttpRequest) -> Member:
    """Signed in: every view here asks for it."""
    assert isinstance(request.user, Member)  # noqa: S101 - for the type checker only
    return request.user
