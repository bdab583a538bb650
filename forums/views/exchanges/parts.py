"""What stands beside the conversation of an exchange: its stages, whose turn it is, and what one may do."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from django.http import HttpRequest
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import get_language, pgettext, pgettext_lazy

from community.members.models import City
from community.members.rulings import Viewer
from community.text.markdown import localised, render
from forums.choices import PartyRole, Stage
from forums.models import Exchange, Outcome
from forums.queries.exchanges import Step, Turn, decisions_on_exchange, outcome_of, turn_now
from forums.rules import moderates
from forums.rules.exchanges import SETTLED, is_published, role_of, takes_part
from forums.rules.exchanging import (
    can_agree,
    can_bring_back,
    can_change_request,
    can_invite,
    can_lead,
    can_leave,
    can_match,
    can_meet,
    can_write_outcome,
    is_asker,
)
from i18n.languages import DEFAULT
from i18n.texts import said

DECISIONS_SHOWN = 10
GONE = [PartyRole.UNMATCHED, PartyRole.LEFT]
LED = (Step.INVITE, Step.ALONE, Step.MATCH)  # by whoever asked
NEXT: dict[Step, tuple[Promise | str, Promise | str]] = {
    Step.INVITE: (
        pgettext_lazy("exchange: next step", "Invite cities"),
        pgettext_lazy("exchange: next step", "Some cities fit this request; they are told when you invite them."),
    ),
    Step.ALONE: (
        pgettext_lazy("exchange: next step", "No other city is left in this exchange"),
        pgettext_lazy("exchange: next step", "The request takes responses again. Invite other cities, or withdraw it."),
    ),
    Step.RESPOND: (
        pgettext_lazy("exchange: next step", "The invited cities respond"),
        pgettext_lazy("exchange: next step", "Others may respond too. More cities can be invited meanwhile."),
    ),
    Step.MATCH: (
        pgettext_lazy("exchange: next step", "Choose with whom to go on"),
        pgettext_lazy("exchange: next step", "Read the responses below, ask back, then match one city or more."),
    ),
    Step.ARRANGE: (
        pgettext_lazy("exchange: next step", "Agree on a time to meet"),
        pgettext_lazy("exchange: next step", "Propose times below. Whoever has one may set the meeting."),
    ),
    Step.AWAIT_MEETING: (
        pgettext_lazy("exchange: next step", "The meeting is set"),
        pgettext_lazy("exchange: next step", "Gather below what you want to ask and show."),
    ),
    Step.SAY_MET: (
        pgettext_lazy("exchange: next step", "Say that you have met"),
        pgettext_lazy("exchange: next step", "Or set another time, if the meeting did not take place."),
    ),
    Step.WRITE: (
        pgettext_lazy("exchange: next step", "Write down what came of it"),
        pgettext_lazy("exchange: next step", "A short case study, so that other cities find it."),
    ),
    Step.AGREE: (
        pgettext_lazy("exchange: next step", "Agree to the outcome"),
        pgettext_lazy("exchange: next step", "It is public as soon as every city has agreed to the same text."),
    ),
    Step.DONE: (
        pgettext_lazy("exchange: next step", "The outcome is published"),
        pgettext_lazy("exchange: next step", "You may go on talking here; only your cities and moderators read it."),
    ),
    Step.WITHDRAWN: (
        pgettext_lazy("exchange: next step", "This request is not shown to others"),
        pgettext_lazy("exchange: next step", "What was said here stays with the cities that took part."),
    ),
}

# The same steps, for readers who wait for others to take them.
NEXT_OF_OTHERS: dict[Step, tuple[Promise | str, Promise | str]] = {
    Step.INVITE: (
        pgettext_lazy("exchange: next step of others", "Cities that fit are invited"),
        pgettext_lazy("exchange: next step of others", "Whoever asked invites them; any city may respond meanwhile."),
    ),
    Step.ALONE: (
        pgettext_lazy("exchange: next step of others", "No other city is left in this exchange"),
        pgettext_lazy("exchange: next step of others", "The request takes responses again; any city may respond."),
    ),
    Step.MATCH: (
        pgettext_lazy("exchange: next step of others", "The city that asked chooses with whom to go on"),
        pgettext_lazy("exchange: next step of others", "Ask and answer below meanwhile. You are told what it chose."),
    ),
    Step.ARRANGE: (
        pgettext_lazy("exchange: next step of others", "The cities agree on a time to meet"),
        pgettext_lazy("exchange: next step of others", "Whichever of them has one sets the meeting."),
    ),
    Step.AWAIT_MEETING: (
        pgettext_lazy("exchange: next step of others", "The meeting is set"),
        pgettext_lazy("exchange: next step of others", "The cities gather below what they want to ask and show."),
    ),
    Step.SAY_MET: (
        pgettext_lazy("exchange: next step of others", "The cities say that they have met"),
        pgettext_lazy("exchange: next step of others", "Or they set another time, if they have not."),
    ),
    Step.WRITE: (
        pgettext_lazy("exchange: next step of others", "The cities write down what came of it"),
        pgettext_lazy("exchange: next step of others", "A short case study, so that other cities find it."),
    ),
    Step.AGREE: (
        pgettext_lazy("exchange: next step of others", "Other cities agree to the outcome"),
        pgettext_lazy(
            "exchange: next step of others", "It is public as soon as every city has agreed to the same text."
        ),
    ),
}


@dataclass(frozen=True)
class StageShown:
    stage: Stage
    state: str  # done, now, ahead


@dataclass(frozen=True)
class Deed:
    """Something this reader may do now. `is_post`: a button of the page's form, else a link to a form."""

    words: str
    address: str
    is_post: bool = False
    is_next: bool = False


def exchange_parts(request: HttpRequest, exchange: Exchange) -> dict[str, Any]:
    """For who may see the conversation. Params: exchange, with its parties."""
    viewer, outcome, turn = request.user, outcome_of(exchange), turn_now(exchange)
    parties = [party for party in exchange.parties.all() if party.role not in GONE]
    moderator = moderates(viewer, exchange.forum)
    return {
        "exchange": exchange,
        "card": card_texts(exchange, request),
        "parties": parties,
        "agreed": outcome.agreed if outcome else (),
        "stages": stages_of(exchange),
        "next": next_step(viewer, exchange, turn),
        "turn": turn.step.value,
        "waited_for": [party.city for party in parties if party.city_id in turn.cities],
        "is_own_turn": not viewer.is_anonymous and viewer.speaks_for_id in turn.cities,
        "outcome": outcome,
        "outcome_is_public": outcome is not None and is_published(outcome),
        "exchange_deeds": list(deeds_of(viewer, exchange, outcome, turn)),
        "decisions": list(decisions_on_exchange(exchange, outcome)[:DECISIONS_SHOWN]) if moderator else [],
    }


def next_step(viewer: Viewer, exchange: Exchange, turn: Turn) -> tuple[Promise | str, Promise | str]:
    """In words to whoever may take it, or about those who may."""
    if turn.step in LED:
        is_hers = bool(can_lead(viewer, exchange))
    elif turn.step == Step.AGREE:
        is_hers = not viewer.is_anonymous and viewer.speaks_for_id in turn.cities
    else:
        is_hers = takes_part(viewer, exchange, SETTLED)
    return NEXT[turn.step] if is_hers else NEXT_OF_OTHERS.get(turn.step, NEXT[turn.step])


def stages_of(exchange: Exchange) -> list[StageShown]:
    stages = list(Stage)
    here = stages.index(Stage(exchange.stage))
    states = ["done"] * here + ["done" if exchange.stage == Stage.OUTCOME else "now"] + ["ahead"] * len(stages)
    return [StageShown(stage, state) for stage, state in zip(stages, states, strict=False)]


def card_texts(exchange: Exchange, request: HttpRequest) -> dict[str, SafeString]:
    return {name: html_of_text(getattr(exchange, name), request) for name in ("sought", "offered")}


def html_of_text(markdown: str, request: HttpRequest) -> SafeString:
    language = getattr(request, "LANGUAGE_CODE", DEFAULT)
    html = render(markdown) if markdown else ""
    return mark_safe(localised(html, "" if language == DEFAULT else f"/{language}"))  # noqa: S308 - sanitised by the renderer


def deeds_of(viewer: Viewer, exchange: Exchange, outcome: Outcome | None, turn: Turn) -> Iterator[Deed]:
    """What is next first."""
    found = [
        *_lead(viewer, exchange, turn),
        *_meet(viewer, exchange, turn),
        *_conclude(viewer, exchange, outcome, turn),
    ]
    yield from sorted(found, key=lambda deed: not deed.is_next)
    yield from _around(viewer, exchange)


def _lead(viewer: Viewer, exchange: Exchange, turn: Turn) -> Iterator[Deed]:
    responded = (PartyRole.RESPONDED, PartyRole.UNMATCHED)
    has_responses = any(party.role in responded for party in exchange.parties.all())
    if has_responses and can_match(viewer, exchange):
        if exchange.stage == Stage.MATCHED:
            words = pgettext("deed of an exchange", "Match further cities")
        else:
            words = pgettext("deed of an exchange", "Match cities")
        yield Deed(words, _to("match", exchange), is_next=turn.step == Step.MATCH)
    if can_invite(viewer, exchange):
        yield Deed(
            pgettext("deed of an exchange", "Invite cities"),
            _to("invite", exchange),
            is_next=turn.step in (Step.INVITE, Step.ALONE),
        )


def _meet(viewer: Viewer, exchange: Exchange, turn: Turn) -> Iterator[Deed]:
    if exchange.stage != Stage.MATCHED or not can_meet(viewer, exchange):
        return
    if exchange.meeting_at is None:
        words = pgettext("deed of an exchange", "Set a meeting")
    else:
        words = pgettext("deed of an exchange", "Move the meeting")
    yield Deed(words, _to("meeting", exchange), is_next=turn.step == Step.ARRANGE)
    words = pgettext("deed of an exchange", "We have met")  # also before the day that was set
    yield Deed(words, _deed("met", exchange), is_post=True, is_next=turn.step == Step.SAY_MET)


def _conclude(viewer: Viewer, exchange: Exchange, outcome: Outcome | None, turn: Turn) -> Iterator[Deed]:
    if outcome is not None and is_waited_for(viewer, outcome):
        words = pgettext("deed of an exchange", "Read and agree")
        yield Deed(words, reverse("forums:outcome", args=[exchange.pk, exchange.outcome_slug]), is_next=True)
    if can_write_outcome(viewer, exchange):
        if outcome is None:
            words = pgettext("deed of an exchange", "Write the outcome")
        else:
            words = pgettext("deed of an exchange", "Change the outcome")
        yield Deed(words, _to("write-outcome", exchange), is_next=turn.step == Step.WRITE)


def _around(viewer: Viewer, exchange: Exchange) -> Iterator[Deed]:
    """What may be done at any time."""
    if can_change_request(viewer, exchange):
        yield Deed(pgettext("deed of an exchange", "Change the request"), _to("edit-exchange", exchange))
    if is_asker(viewer, exchange) and exchange.stage != Stage.OUTCOME:
        if exchange.withdrawn_at:
            yield Deed(pgettext("deed of an exchange", "Put the request back"), _deed("reopen", exchange), is_post=True)
        else:
            yield Deed(
                pgettext("deed of an exchange", "Withdraw the request"), _deed("withdraw", exchange), is_post=True
            )
    yield from _returning(viewer, exchange)
    if can_leave(viewer, exchange):
        if role_of(viewer, exchange) == PartyRole.INVITED:
            words = pgettext("deed of an exchange", "Our city cannot help")
        else:
            words = pgettext("deed of an exchange", "Our city leaves")
        yield Deed(words, _to("leave", exchange))


def _returning(viewer: Viewer, exchange: Exchange) -> Iterator[Deed]:
    """Cities that have left, brought back by whoever asked."""
    for party in exchange.parties.all():
        if party.role == PartyRole.LEFT and can_bring_back(viewer, exchange, party.city):
            name = said(party.city, "name", get_language() or DEFAULT).text
            words = pgettext("deed of an exchange", "Bring %(city)s back") % {"city": name}
            yield Deed(words, reverse("forums:return-city", args=[exchange.pk, party.city_id]), is_post=True)


def is_waited_for(viewer: Viewer, outcome: Outcome) -> bool:
    """The outcome waits for her city to agree. Asks once who has agreed."""
    if viewer.is_anonymous or not outcome.waits or not can_agree(viewer, outcome):
        return False
    return viewer.speaks_for_id not in outcome.agreed


def cities_of_outcome(outcome: Outcome) -> list[City]:
    """Those between whom it was held, the asking one first. Needs `exchange__parties` fetched along."""
    settled = (PartyRole.ASKING, PartyRole.MATCHED)
    return [party.city for party in outcome.exchange.parties.all() if party.role in settled]


def _to(name: str, exchange: Exchange) -> str:
    return reverse(f"forums:{name}", args=[exchange.pk])


def _deed(deed: str, exchange: Exchange) -> str:
    return reverse("forums:exchange-deed", args=[exchange.pk, deed])
