"""What is unread, over all forums. What she chose to see of it stays chosen on this device."""

from dataclasses import dataclass

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from forums.actions import mark_all_read, mark_threads_read
from forums.queries import all_unread, unread_page
from forums.views.board import page_number
from forums.views.bookmarks import reader

COOKIE, COOKIE_DAYS = "unread", 365


@dataclass(frozen=True)
class Choice:
    followed_only: bool
    her_languages: bool

    def __str__(self) -> str:
        return f"{'followed' if self.followed_only else 'all'}.{'mine' if self.her_languages else 'all'}"

    @property
    def query(self) -> str:
        of, languages = str(self).split(".")
        return f"?of={of}&languages={languages}"


@require_safe
@never_cache
@login_required
def index(request: HttpRequest) -> HttpResponse:
    choice = choice_of(request)
    threads = unread_page(
        reader(request),
        followed_only=choice.followed_only,
        her_languages=choice.her_languages,
        page=page_number(request),
    )
    response = render(request, "forums/unread.html", {"threads": threads, "choice": choice, **choices(choice)})
    if "of" in request.GET or "languages" in request.GET:
        response.set_cookie(COOKIE, str(choice), max_age=COOKIE_DAYS * 86_400, httponly=True, samesite="Lax")
    return response


@require_POST
@login_required
def mark_read(request: HttpRequest) -> HttpResponse:
    """All that the list shows, on all its pages; where it shows everything, whole forums at once."""
    choice = Choice(request.POST.get("of") == "followed", request.POST.get("languages") == "mine")
    if choice == Choice(followed_only=False, her_languages=False):
        mark_all_read(reader(request))
    else:
        shown = all_unread(reader(request), followed_only=choice.followed_only, her_languages=choice.her_languages)
        mark_threads_read(reader(request), shown)
    messages.success(request, pgettext("after marking as read", "Marked as read."))
    return redirect(f"{reverse('forums:all-unread')}{choice.query}")


def choice_of(request: HttpRequest) -> Choice:
    """As the address says, else as she last chose here, else everything."""
    of, _, languages = request.COOKIES.get(COOKIE, "").partition(".")
    return Choice(request.GET.get("of", of) == "followed", request.GET.get("languages", languages) == "mine")


def choices(choice: Choice) -> dict[str, str]:
    """The addresses of the other lists, each with one thing changed."""
    return {
        "all_address": Choice(followed_only=False, her_languages=choice.her_languages).query,
        "followed_address": Choice(followed_only=True, her_languages=choice.her_languages).query,
        "every_language_address": Choice(followed_only=choice.followed_only, her_languages=False).query,
        "her_languages_address": Choice(followed_only=choice.followed_only, her_languages=True).query,
    }
