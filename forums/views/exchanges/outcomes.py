"""What came of an exchange: written together, agreed to, public."""

from collections.abc import Iterator
from typing import Any

from django.contrib import messages
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext, pgettext_lazy
from django.views.decorators.http import require_POST

from community.files.choosing import Chosen, begun, chosen
from community.files.models import StoredFile
from community.files.queries import files_of_things
from community.live.keep import keep
from community.members.keeping import kept_fields, sign_in_first, signed_out
from community.members.models import Member
from community.members.rulings import insist
from forums.actions.exchanges import OutcomeConflict, agree_to_outcome, write_outcome
from forums.actions.exchanges.outcomes import TEXTS
from forums.choices import OUTCOMES, PROPOSALS
from forums.exchange_forms import OutcomeForm
from forums.models import Exchange, Outcome
from forums.queries.exchanges import exchange_for, outcome_for, outcome_of
from forums.rules import moderates
from forums.rules.exchanges import can_see_conversation, can_see_latest, is_published
from forums.rules.exchanging import can_agree, can_write_outcome
from forums.views.exchanges.card import address_of
from forums.views.exchanges.parts import cities_of_outcome, html_of_text, is_waited_for
from forums.views.writing import status_of
from i18n.languages import CODES, LANGUAGES, known
from i18n.texts import said

SECTIONS: list[tuple[str, Promise | str]] = [
    ("context", pgettext_lazy("section of an outcome", "Context")),
    ("tried", pgettext_lazy("section of an outcome", "What was tried")),
    ("result", pgettext_lazy("section of an outcome", "What came of it")),
    ("cost", pgettext_lazy("section of an outcome", "What it cost")),
    ("contacts", pgettext_lazy("section of an outcome", "Whom to ask")),
]
TITLED = [("title", pgettext_lazy("section of an outcome", "Title")), *SECTIONS]


def outcome(request: HttpRequest, exchange_id: int, slug: str) -> HttpResponse:
    keep(request, f"exchange:{exchange_id}")
    found = outcome_for(request.user, exchange_id)
    if slug not in (found.exchange.slug, found.exchange.outcome_slug):
        return HttpResponseRedirect(outcome_address(found.exchange))
    context = {
        "outcome": found,
        "exchange": found.exchange,
        "sections": list(sections_of(request, found)),
        "cities": cities_of_outcome(found),
        "shown_files": shown_files(OUTCOMES, found),
        "is_public": is_published(found),
        "can_agree": is_waited_for(request.user, found),
        **(of_those_inside(request, found) if request.user.is_authenticated else {}),
    }
    return render(request, "forums/exchanges/outcome.html", context)


def of_those_inside(request: HttpRequest, outcome: Outcome) -> dict[str, Any]:
    """What leads back to the conversation, and on."""
    outcome.exchange.thread.forum = outcome.exchange.forum
    return {
        **(proposed_in(request, outcome) if outcome.proposed is not None else {}),
        "can_write": can_write_outcome(request.user, outcome.exchange),
        "sees_conversation": can_see_conversation(request.user, outcome.exchange),
        "is_moderator": moderates(request.user, outcome.exchange.forum),
    }


def sections_of(request: HttpRequest, outcome: Outcome) -> Any:
    """Those that say something, each in the page's language where it can be: title, HTML, language."""
    for name, title in SECTIONS:
        text, language = said(outcome, name, known(get_language() or ""))
        if text:
            yield {"name": name, "title": title, "html": html_of_text(text, request), "language": language}


def proposed_in(request: HttpRequest, outcome: Outcome) -> dict[str, Any]:
    """What would be public with or instead of what is, for those between whom the exchange is held."""
    if not can_see_latest(request.user, outcome):
        return {}
    return {
        "is_proposed": True,
        "proposals": list(proposals_of(request, outcome)),
        "proposed_files": shown_files(PROPOSALS, outcome),
    }


def shown_files(holder: str, outcome: Outcome) -> dict[str, list[StoredFile]]:
    """Pictures, and papers: all that is none, or is not ready."""
    files = files_of_things(holder, [outcome.pk])[outcome.pk]
    pictures = [file for file in files if file.is_ready and file.is_image]
    return {"pictures": pictures, "papers": [file for file in files if file not in pictures]}


def proposals_of(request: HttpRequest, outcome: Outcome) -> Iterator[dict[str, Any]]:
    """What would be public instead: title, HTML, language; the HTML empty where the section would go."""
    proposed: dict[str, str] = outcome.proposed or {}
    for language in CODES:
        for name, title in TITLED:
            if (text := proposed.get(f"{name}_{language}")) is not None:
                yield {"title": title, "html": html_of_text(text, request), "language": language}


def write(request: HttpRequest, exchange_id: int) -> HttpResponse:
    exchange = exchange_for(request.user, exchange_id)
    if not request.user.is_authenticated:
        return signed_out(request, back=request.get_full_path())
    insist(can_write_outcome(request.user, exchange))
    standing = outcome_of(exchange)
    language = language_wanted(request, standing)
    initial = as_it_stands(standing, language) | kept_fields(request, back=request.get_full_path())
    form = OutcomeForm(request.POST or None, initial=initial, author=request.user)
    files = files_in(request, request.user, standing, initial)
    if request.method == "POST" and form.is_valid() and files:
        try:
            write_outcome(exchange, by=request.user, files=files.ids, alts=files.alts, **form.cleaned_data)
        except OutcomeConflict as conflict:
            form = again(request, conflict.outcome)
            form.add_error(None, pgettext("outcome form", "Somebody else has changed the text meanwhile; see below."))
            standing = conflict.outcome
        else:
            return redirect(f"{outcome_address(exchange)}?sent=outcome:{exchange.pk}:{language}")
    context = {
        "form": form,
        "files": files,
        "exchange": exchange,
        "outcome": standing,
        "language_written": language,
        "languages": LANGUAGES,
        "others": others_of(standing, language) if form.non_field_errors() else [],
    }
    return render(request, "forums/exchanges/write_outcome.html", context, status=status_of(form, files))


def files_in(request: HttpRequest, writer: Member, standing: Outcome | None, initial: dict[str, Any]) -> Chosen:
    """Her own that go with the text; those of others stay as they are."""
    holder = PROPOSALS if standing and standing.published_at else OUTCOMES
    held_id = standing.pk if standing else None
    if request.method == "POST":
        return chosen(request, writer, holder=holder, held_id=held_id)
    there = files_of_things(holder, [held_id])[held_id] if held_id else []
    return begun(writer, initial.get("files") or Chosen(tuple(there)).value, holder=holder, held_id=held_id)


def again(request: HttpRequest, standing: Outcome) -> OutcomeForm:
    """What she wrote stays, and may be sent again over what she has read now."""
    typed = request.POST.copy()
    typed["version"] = str(standing.text_version)
    return OutcomeForm(typed)


def language_wanted(request: HttpRequest, standing: Outcome | None) -> str:
    """`?in=`, else the one it was first written in, else the page's."""
    asked = request.POST.get("language") or request.GET.get("in", "")
    if asked in CODES:
        return asked
    return standing.original_language if standing else known(get_language() or "")


def as_it_stands(standing: Outcome | None, language: str) -> dict[str, Any]:
    texts = {name: standing.latest(f"{name}_{language}") for name in TEXTS} if standing else {}
    return {"language": language, "version": standing.text_version if standing else 0, **texts}


def others_of(standing: Outcome | None, language: str) -> list[tuple[Promise | str, str]]:
    """What stands now, to be read beside one's own text."""
    if standing is None:
        return []
    return [(title, standing.latest(f"{name}_{language}")) for name, title in TITLED]


@require_POST
def agree(request: HttpRequest, exchange_id: int) -> HttpResponse:
    found = outcome_for(request.user, exchange_id)
    if not request.user.is_authenticated:
        return sign_in_first(request, back=outcome_address(found.exchange))
    version = request.POST.get("version", "")
    insist(can_agree(request.user, found))
    try:
        read = int(version) if version.isascii() and version.isdigit() and len(version) < 9 else 0
        agree_to_outcome(found, by=request.user, version=read)
    except OutcomeConflict:
        messages.warning(
            request, pgettext("after agreeing", "The text has changed since you read it. Please read it again.")
        )
        return redirect(outcome_address(found.exchange))
    return redirect(address_of(found.exchange))


def outcome_address(exchange: Exchange) -> str:
    return reverse("forums:outcome", args=[exchange.pk, exchange.outcome_slug])
