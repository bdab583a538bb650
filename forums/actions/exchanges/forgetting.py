"""What is left of a member in exchanges when she leaves. Requests, offers and outcomes stay with their cities."""

from typing import Any

from django.db.models import F, Q

from community.facts.actions import action, record
from community.personal.ports import Person
from forums.actions.exchanges.outcomes import TEXTS
from forums.actions.exchanges.rows import BOARD
from forums.actions.names import naming, without_name
from forums.facts import AuthorForgotten, OfferChanged
from forums.models import Exchange, Offer, Outcome
from i18n.languages import CODES

OUTCOME_COLUMNS = {f"{name}_{code}": code for name in TEXTS for code in CODES}


@action
def forget_in_exchanges(person: Person) -> None:
    """Her name goes where the house put it into what cities wrote; pages that showed her are shown afresh.

    Cities do not have to agree anew to an outcome that says "a former member".
    Records: AuthorForgotten, OfferChanged.
    """
    for exchange in _held_exchanges(person):
        texts = {
            name: without_name(getattr(exchange, name), person, exchange.language) for name in ("sought", "offered")
        }
        Exchange.objects.filter(pk=exchange.pk).update(version=F("version") + 1, **texts)
        streams = [f"thread:{exchange.thread_id}", f"exchange:{exchange.pk}", BOARD]
        record(AuthorForgotten(exchange.thread_id, exchange.forum_id), streams=streams)
    _forget_in_outcomes(person)
    _forget_in_offers(person)


def _held_exchanges(person: Person) -> list[Exchange]:
    outcomes = Outcome.objects.filter(Q(edited_by_id=person.id) | Q(agreements__by_id=person.id) | _in_outcome(person))
    shows = Q(asker_id=person.id) | naming(person, "sought", "offered") | Q(pk__in=outcomes.values("exchange"))
    return list(Exchange.objects.select_for_update(no_key=True).filter(shows).order_by("pk"))


def _in_outcome(person: Person) -> Q:
    return naming(person, *OUTCOME_COLUMNS)


def _forget_in_outcomes(person: Person) -> None:
    for outcome in Outcome.objects.select_for_update(no_key=True).filter(_in_outcome(person)).order_by("pk"):
        for column, language in OUTCOME_COLUMNS.items():
            text: Any = getattr(outcome, column)
            setattr(outcome, column, text and without_name(text, person, language))
        outcome.save()


def _forget_in_offers(person: Person) -> None:
    hers = Q(author_id=person.id) | naming(person, "body")
    for offer in Offer.objects.select_for_update(no_key=True).filter(hers).order_by("pk"):
        body = without_name(offer.body, person, offer.language)
        Offer.objects.filter(pk=offer.pk).update(body=body, version=F("version") + 1)
        record(OfferChanged(offer.pk), streams=[BOARD])
