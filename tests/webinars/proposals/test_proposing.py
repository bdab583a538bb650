"""Proposing a talk or a speaker: with an account, and without one by a form and a mail."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from community.facts.models import Fact
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_city, make_member, make_organiser, make_theme
from tests.factories.webinars import make_proposal, make_series, make_unconfirmed_proposal
from webinars.actions import accept_proposal, decline_proposal, show_session, withdraw_proposal
from webinars.choices import Visibility
from webinars.keys import confirm_proposal_key, proposal_key
from webinars.models import Proposal, ProposalKind, Stage
from webinars.proposing import AcceptForm

pytestmark = pytest.mark.django_db
PAGE = "/webinars/propose/"
TALK = {
    "kind": "own",
    "title": "Shade for bus stops",
    "abstract": "What we planted,\r\nand what died.",
    "language": "es",
    "speaker_role": "Gardener",
    "token": "one",
}
ROSA = {"name": "Rosa Quispe", "email": "Rosa@Puno.example"}


@pytest.fixture(autouse=True)
def nobody_has_tried_anything() -> None:
    cache.clear()


def entered(**fields: Any) -> tuple[Client, Any]:
    client, member = Client(), make_member("Ana", **fields)
    client.force_login(member)
    return client, member


def link_in(subject: str) -> str:
    deliver_all()
    [letter] = [letter for letter in outbox.outbox if letter.subject == subject]
    [link] = re.findall(r"http://localhost:8000(\S*/propose/\S+)", letter.body)
    return str(link)


def test_the_schedule_leads_to_the_form(client: Client) -> None:
    assert f'href="{PAGE}"' in client.get("/webinars/").content.decode()
    assert client.get(PAGE).status_code == 200


def test_a_member_proposes_her_own_talk_and_finds_it_on_her_list() -> None:
    make_series()
    theme = make_theme("heat")
    client, ana = entered(city=make_city(), position="Planner")
    html = client.get(PAGE).content.decode()
    assert 'value="Planner"' in html and '<option value="quito" selected>' in html
    assert f'value="{ana.email}"' in html and 'name="name"' not in html

    said = TALK | {"series": "frontline", "themes": [theme.pk], "city": "quito", "link": "quito.example/shade"}
    answer = client.post(PAGE, said, follow=True)

    assert answer.redirect_chain == [("/account/sessions/#proposals", 302)]
    proposal = Proposal.objects.get()
    assert (proposal.member, proposal.stage, proposal.kind) == (ana, Stage.NEW, ProposalKind.OWN)
    assert (proposal.speaker_name, proposal.speaker_role) == ("Ana", "Gardener")
    assert (proposal.name, proposal.email) == ("", "")
    assert proposal.link == "https://quito.example/shade"
    assert proposal.abstract == "What we planted,\nand what died."
    assert [each.slug for each in proposal.themes.all()] == ["heat"]
    html = answer.content.decode()
    assert "Shade for bus stops" in html and "Organisers read it" in html
    assert [fact.name for fact in Fact.objects.filter(name__startswith="proposal_")] == ["proposal_made"]


def test_a_guest_proposes_and_confirms_by_a_link_in_a_mail(client: Client) -> None:
    answer = client.post(PAGE, TALK | ROSA)

    assert answer["Location"] == "/webinars/propose/asked/"
    assert client.get(answer["Location"]).status_code == 200
    assert Proposal.objects.get().stage == Stage.UNCONFIRMED
    link = link_in("Confirm your proposal: Shade for bus stops")
    assert "<bdi>rosa@puno.example</bdi>" in client.get(link).content.decode()
    assert Proposal.objects.get().stage == Stage.UNCONFIRMED, "programs that look into mails follow links"
    own = client.post(link, follow=True)
    proposal = Proposal.objects.get()
    assert (proposal.stage, proposal.speaker_name, proposal.email) == (Stage.NEW, "Rosa Quispe", "rosa@puno.example")
    assert "Organisers read it" in own.content.decode()
    assert own.redirect_chain[-1][0] == link_in("We have your proposal: Shade for bus stops")
    assert client.get(link)["Location"] == own.redirect_chain[-1][0], "who follows it once more reads how it stands"
    assert client.post(link)["Location"] == own.redirect_chain[-1][0]
    deliver_all()
    assert len(outbox.outbox) == 2, "the same two mails"


def test_the_mails_of_a_guest_speak_the_language_of_the_page_that_she_used(client: Client) -> None:
    client.post("/es/webinars/propose/", TALK | ROSA)

    deliver_all()

    [letter] = outbox.outbox
    assert "http://localhost:8000/es/webinars/propose/confirm/" in letter.body


@pytest.mark.parametrize("address", ["", "confirm/{confirm}/", "made/{made}/"])
def test_the_pages_behind_links_are_passed_on_to_nobody(client: Client, address: str) -> None:
    made, asked = make_proposal(), make_unconfirmed_proposal(token="other")
    keys = {"made": proposal_key(made.pk), "confirm": confirm_proposal_key(asked.pk)}

    answer = client.get(PAGE + address.format(**keys))

    assert answer.status_code == 200
    assert "no-store" in answer["Cache-Control"]
    if address:
        assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex")


def test_a_page_that_sends_no_referrer_can_still_be_confirmed() -> None:
    """Browsers send `Origin: null` from there."""
    client, asked = Client(enforce_csrf_checks=True), make_unconfirmed_proposal()

    answer = client.post(f"{PAGE}confirm/{confirm_proposal_key(asked.pk)}/", headers={"Origin": "null"})

    assert answer.status_code == 302
    assert Proposal.objects.get().stage == Stage.NEW


@pytest.mark.parametrize("address", ["confirm/x/", "confirm/{made}/", "made/x/", "made/{confirm}/", "made/{asked}/"])
def test_a_link_that_was_made_up_leads_nowhere(client: Client, address: str) -> None:
    asked = make_unconfirmed_proposal()
    keys = {
        "made": proposal_key(asked.pk),
        "confirm": confirm_proposal_key(asked.pk),
        "asked": proposal_key(asked.pk),  # whose address nobody has confirmed
    }

    assert client.get(PAGE + address.format(**keys)).status_code == 404


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"title": ""}, "title"),
        ({"title": "a\u202eb\u202e" * 80}, "title"),
        ({"abstract": " \u200b "}, "abstract"),
        ({"abstract": "a" * 4_001}, "abstract"),
        ({"language": "xx"}, "language"),
        ({"kind": "other"}, "speaker_name"),
        ({"speaker_role": ""}, "speaker_role"),
        ({"speaker_email": "nobody"}, "speaker_email"),
        ({"link": "javascript:alert(1)"}, "link"),
        ({"link": "ftp://quito.example/"}, "link"),
        ({"series": "none"}, "series"),
        ({"name": ""}, "name"),
        ({"email": ""}, "email"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_is_lost(
    client: Client, told: dict[str, str], field: str
) -> None:
    answer = client.post(PAGE, TALK | ROSA | {"needs": "Interpretation into French"} | told)

    html = answer.content.decode()
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    assert f'id="id_{field}_error"' in html
    assert "Interpretation into French" in html and 'value="one"' in html
    assert not Proposal.objects.exists()


def test_sent_twice_it_is_one_proposal_and_one_mail(client: Client) -> None:
    for _ in range(2):
        assert client.post(PAGE, TALK | ROSA).status_code == 302
    deliver_all()
    assert Proposal.objects.count() == len(outbox.outbox) == 1

    client.post(PAGE, TALK | ROSA | {"email": "other@puno.example"})
    client.post(PAGE, TALK | ROSA | {"token": "two"})

    assert Proposal.objects.count() == 3, "another person's, and another submission"


def test_proposing_too_often_for_one_address_is_stopped(client: Client) -> None:
    answers = [client.post(PAGE, TALK | ROSA | {"token": str(number)}).status_code for number in range(11)]

    assert answers == [302] * 10 + [429]


def test_proposing_too_often_from_one_place_is_stopped(client: Client) -> None:
    told = [TALK | ROSA | {"email": f"guest-{number}@puno.example"} for number in range(61)]

    answers = [client.post(PAGE, each).status_code for each in told]

    assert set(answers[:60]) == {302} and answers[60] == 429


def test_a_member_whose_writing_is_paused_proposes_nothing() -> None:
    client, _ = entered(silenced_until=timezone.now() + timedelta(days=1), silenced_reason="Too loud.")

    assert client.get(PAGE).status_code == client.post(PAGE, TALK).status_code == 403
    assert not Proposal.objects.exists()


def test_what_nobody_confirms_is_forgotten_after_three_days() -> None:
    asked, made = make_unconfirmed_proposal(), make_proposal("other@puno.example")

    with time_machine.travel(timezone.now() + timedelta(days=3, minutes=1)):
        assert Client().get(f"{PAGE}confirm/{confirm_proposal_key(asked.pk)}/").status_code == 404
        deliver_all()

    assert list(Proposal.objects.all()) == [made]


def test_a_guests_proposal_under_a_members_address_is_hers_once_it_is_confirmed(client: Client) -> None:
    _, ana = entered(email="rosa@puno.example")

    proposal = make_proposal("rosa@puno.example")

    assert (proposal.member, proposal.name, proposal.email) == (ana, "", "")
    assert client.get(f"{PAGE}made/{proposal_key(proposal.pk)}/")["Location"] == "/account/sessions/#proposals"


def test_nobody_is_told_whether_an_address_has_an_account(client: Client) -> None:
    make_member("Rosa", email="rosa@puno.example")

    known, unknown = client.post(PAGE, TALK | ROSA), Client().post(PAGE, TALK | ROSA | {"email": "x@puno.example"})

    assert (known.status_code, known["Location"]) == (unknown.status_code, unknown["Location"])
    deliver_all()
    assert len({re.sub(r"confirm/\S+", "", letter.body) for letter in outbox.outbox}) == 1


def test_whoever_proposed_reads_why_it_was_declined_or_where_it_stands_in_the_schedule(client: Client) -> None:
    series, bo = make_series(), make_member("Bo", is_organiser=True)
    declined, accepted = make_proposal(), make_proposal("sol@puno.example", title="Roofs")
    decline_proposal(declined.pk, reason="Twice this year already.", by=bo)
    form = AcceptForm({"series": "frontline", "day": "2031-03-06", "time": "08:00"})
    assert form.is_valid()
    session = accept_proposal(accepted.pk, series=series, plan=form.plan(accepted), by=bo)

    assert "Twice this year already." in client.get(f"{PAGE}made/{proposal_key(declined.pk)}/").content.decode()
    draft = client.get(f"{PAGE}made/{proposal_key(accepted.pk)}/").content.decode()
    assert "Organisers prepare the session" in draft and session.get_absolute_url() not in draft
    show_session(session.pk, to=Visibility.PUBLIC, by=bo)
    assert session.get_absolute_url() in client.get(f"{PAGE}made/{proposal_key(accepted.pk)}/").content.decode()


def test_a_member_sees_her_own_proposals_alone(client: Client) -> None:
    ana, _ = entered()
    make_proposal(make_member("Cai"), title="Not hers")

    assert "Not hers" not in ana.get("/account/sessions/").content.decode()
    assert "Not hers" not in client.get("/webinars/").content.decode()


# --- Thinking otherwise ---


def test_a_guest_withdraws_her_proposal_and_brings_it_back_by_her_link(client: Client) -> None:
    proposal, organiser = make_proposal(), Client()
    organiser.force_login(make_organiser())
    desk, state = f"/webinars/desk/proposals/{proposal.pk}/", f"/webinars/propose/made/{proposal_key(proposal.pk)}/"

    page = client.post(state, {"deed": "withdraw"}, follow=True).content.decode()
    assert "Your proposal is withdrawn." in page and "Bring it back" in page
    assert "Shade for bus stops" not in organiser.get("/webinars/desk/proposals/").content.decode()
    assert "Whoever proposed this has withdrawn it." in organiser.get(desk).content.decode()
    assert organiser.post(f"{desk}vote/", {"opinion": "yes"}).status_code == 403

    page = client.post(state, {"deed": "back"}, follow=True).content.decode()
    assert "Organisers read it again." in page and "Withdraw it" in page
    assert "Shade for bus stops" in organiser.get("/webinars/desk/proposals/").content.decode()
    assert Fact.objects.filter(name="proposal_made").count() == 2


def test_a_member_withdraws_her_own_from_her_list_and_nobody_elses() -> None:
    client, ana = entered()
    hers, others = make_proposal(ana), make_proposal(make_member("Cai"))
    address = "/account/sessions/proposals/%d/"

    assert address % hers.pk in client.get("/account/sessions/").content.decode()
    page = client.post(address % hers.pk, {"deed": "withdraw"}, follow=True).content.decode()

    assert "Withdrawn" in page and "Bring it back" in page
    assert client.post(address % others.pk, {"deed": "withdraw"}).status_code == 404
    assert client.post(address % hers.pk, {"deed": "burn"}).status_code == 404
    assert Client().post(address % hers.pk, {"deed": "back"}).status_code == 302  # to sign in
    assert set(Proposal.objects.values_list("stage", flat=True)) == {Stage.WITHDRAWN, Stage.NEW}


def test_what_is_decided_is_not_withdrawn_any_more(client: Client) -> None:
    proposal = make_proposal()
    decline_proposal(proposal.pk, reason="Twice this year.", by=make_organiser())
    state = f"/webinars/propose/made/{proposal_key(proposal.pk)}/"

    assert "Withdraw it" not in client.get(state).content.decode()
    assert client.post(state, {"deed": "withdraw"}).status_code == 403
    assert Proposal.objects.get().stage == Stage.DECLINED


def test_withdrawn_twice_is_withdrawn_once() -> None:
    proposal = make_proposal()

    withdraw_proposal(proposal.pk)
    facts = Fact.objects.count()
    withdraw_proposal(proposal.pk)

    assert Fact.objects.count() == facts
