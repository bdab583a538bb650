"""What new members may write is limited in exchanges too, kindly and beside the field."""

from typing import Any

import pytest

from community.members.choices import Trust
from community.members.rulings import NotAllowed
from community.moderation.choices import Cause
from community.moderation.models import ReviewItem
from community.topics.models import Theme
from forums.actions import pin_summary
from forums.forms import SummaryForm
from forums.models import Exchange, Offer, Outcome
from forums.rules import can_post_now
from tests.factories.exchanges import (
    fresh,
    make_citizen,
    make_draft,
    make_exchange,
    make_exchange_forum,
    make_met,
    make_offer_of,
    outcome_texts,
    soon,
)
from tests.factories.forums import make_thread, opening_of
from tests.factories.members import make_moderator, make_theme
from tests.factories.moderation import decided
from tests.forums.exchanges.reading import signed_in

pytestmark = [pytest.mark.django_db, pytest.mark.usefixtures("content_types")]
LINKS = "https://a.example, https://b.example"  # two are free
THIRD = "https://c.example"
KIND = "While you are new here"


def newcomer(name: str = "Nia", city: str = "lima") -> Any:
    return make_citizen(name, city, trust=Trust.NEW)


def request_form(**fields: Any) -> dict[str, Any]:
    theme = Theme.objects.first() or make_theme()
    told = {"title": "Drains", "theme": theme.pk, "sought": LINKS, "offered": THIRD, "languages": ["en"]}
    return {**told, "needed_by": soon().isoformat(), "language": "en", "token": "one", **fields}


def test_the_texts_of_a_request_count_together_and_are_refused_beside_the_field() -> None:
    client = signed_in(newcomer())
    make_exchange_forum()
    form = request_form()

    refused, taken = client.post("/exchanges/ask/", form), client.post("/exchanges/ask/", form | {"offered": ""})

    html = refused.content.decode()
    assert refused.status_code == 422 and 'id="id_sought_error"' in html and KIND in html and THIRD in html
    assert taken.status_code == 302
    exchange = Exchange.objects.get()
    assert client.post(f"/exchanges/{exchange.pk}/do/edit/", form).status_code == 422
    exchange.refresh_from_db()
    assert exchange.offered == ""


def test_an_offer_a_response_and_an_outcome_over_a_limit_are_refused_beside_the_field() -> None:
    ana, nia = make_citizen("Ana"), newcomer()
    client, asked, met = signed_in(nia), make_exchange(ana), make_met(ana, nia)
    offer = make_offer_of(nia)
    many = f"{LINKS}, {THIRD}"
    offered = request_form(body=many)
    outcome = outcome_texts() | {"contacts": many, "language": "en", "version": 0}

    refused = {
        "body": client.post(f"/exchanges/offers/{offer.pk}/edit/", offered),
        "other body": client.post(f"/exchanges/{asked.pk}/do/respond/", {"body": many, "token": "r"}),
        "context": client.post(f"/exchanges/{met.pk}/do/conclude/", outcome),
    }
    new = client.post("/exchanges/offers/new/", offered)

    for name, answer in (*refused.items(), ("body", new)):
        html = answer.content.decode()
        assert (answer.status_code, name) == (422, name)
        assert f'id="id_{name.removeprefix("other ")}_error"' in html and KIND in html
    assert Offer.objects.count() == 1 and not Outcome.objects.exists()
    assert not asked.parties.filter(city=nia.city).exists()


def test_requests_and_offers_are_counted_with_threads() -> None:
    nia = newcomer()
    make_exchange(nia)
    assert can_post_now(nia, opens=True)
    make_offer_of(nia)

    assert not can_post_now(nia, opens=True)
    with pytest.raises(NotAllowed):
        make_offer_of(nia)
    with pytest.raises(NotAllowed):
        make_exchange(nia)


def test_the_actions_hold_the_limits_too() -> None:
    ana, nia = make_citizen("Ana"), newcomer()
    thread, many = make_thread(author=nia), f"{LINKS}, {THIRD}"

    with pytest.raises(NotAllowed):
        make_exchange(nia, sought=many)
    with pytest.raises(NotAllowed):
        make_offer_of(nia, body=many)
    with pytest.raises(NotAllowed):
        make_draft(make_met(ana, nia), nia, word=many)
    with pytest.raises(NotAllowed):
        pin_summary(thread, by=nia, body=many)
    assert KIND in str(SummaryForm({"body": many}, author=nia).errors["body"])


def test_a_newcomers_first_request_with_several_links_is_looked_at_and_stands_meanwhile() -> None:
    exchange = make_exchange(newcomer(), sought=LINKS)

    item = ReviewItem.objects.get()
    assert (item.cause, item.target_id) == (Cause.WATCH, opening_of(exchange.thread).pk)
    assert exchange.hidden_at is None
    decided(item, "hide", by=make_moderator())
    assert fresh(exchange).hidden_at is not None


def test_a_newcomers_first_offer_with_several_links_is_looked_at_and_her_second_is_not() -> None:
    nia = newcomer()
    first = make_offer_of(nia, body=LINKS)
    make_offer_of(nia, body=LINKS)

    item = ReviewItem.objects.get()
    assert (item.cause, item.target_id, first.hidden_at) == (Cause.WATCH, first.pk, None)
    decided(item, "hide", by=make_moderator())
    first.refresh_from_db()
    assert first.hidden_at is not None


def test_known_members_write_as_they_like() -> None:
    ana = make_citizen("Ana")

    assert make_exchange(ana, sought=f"{LINKS}, {THIRD}") and make_offer_of(ana, body=f"{LINKS}, {THIRD}")
