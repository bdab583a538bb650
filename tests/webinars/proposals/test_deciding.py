"""Organisers read what is proposed, vote, accept and decline; for everybody else it is not there."""

from datetime import datetime
from typing import Any

import pytest
from django.core import mail as outbox
from django.test import Client
from pytest_django import DjangoAssertNumQueries

from community.facts.models import Fact
from community.members.models import Member
from community.members.rulings import NotAllowed
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_city, make_member, make_organiser, make_theme
from tests.factories.webinars import make_proposal, make_series, make_session, make_unconfirmed_proposal
from webinars.actions import decline_proposal, vote_on_proposal
from webinars.choices import Visibility
from webinars.models import Opinion, Proposal, ProposalVote, Session, Stage
from webinars.queries import time_for_new
from webinars.rules import can_decide_on, can_see_proposal, seeable_proposals

pytestmark = pytest.mark.django_db
DESK = "/webinars/desk/proposals/"
MOST_QUERIES = 14
ACCEPTED = {"series": "frontline", "day": "2031-03-06", "time": "08:00"}


def enter(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def read(client: Client, address: str = DESK) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def do(client: Client, proposal: Proposal, deed: str, **fields: Any) -> Any:
    return client.post(f"{DESK}{proposal.pk}/{deed}/", fields)


@pytest.mark.parametrize("path", ["", "{0}/", "{0}/vote/", "{0}/accept/", "{0}/decline/"])
def test_a_guest_is_asked_to_sign_in_and_a_member_finds_nothing(path: str) -> None:
    make_series()
    ana = make_member("Ana")
    address = DESK + path.format(make_proposal(ana).pk)
    send = "post" if path.count("/") > 1 else "get"

    answer = getattr(Client(), send)(address)

    assert answer.status_code == 302 and "/account/login/" in answer["Location"]
    assert getattr(enter(ana), send)(address, ACCEPTED | {"reason": "No.", "opinion": "yes"}).status_code == 404
    proposal = Proposal.objects.get()
    assert (proposal.stage, proposal.votes.count()) == (Stage.NEW, 0)


def test_the_desk_says_how_many_wait_and_lists_them_by_stage() -> None:
    bo = make_organiser()
    client = enter(bo)
    make_proposal(title="Waits")
    make_unconfirmed_proposal("sol@puno.example", title="Unconfirmed")
    decline_proposal(make_proposal("cai@puno.example", title="Gone").pk, reason="No.", by=bo)

    assert "1 new" in read(client, "/webinars/desk/")
    new, declined, accepted = (read(client, f"{DESK}?stage={stage}") for stage in ("new", "declined", "accepted"))
    assert "Waits" in new and "Gone" not in new and "Unconfirmed" not in new
    assert "Gone" in declined and "Waits" not in declined
    assert "Nothing here." in accepted
    assert "Waits" in read(client, f"{DESK}?stage=unconfirmed"), "a stage that there is not is the first"


def test_an_organiser_reads_all_that_was_said() -> None:
    proposal = make_proposal(
        series=make_series(),
        themes=[make_theme("heat")],
        city=make_city(),
        speaker_email="gardener@quito.example",
        speaker_place="Parks office",
        link="https://quito.example/shade",
        needs="Interpretation",
    )

    html = read(enter(make_organiser()), f"{DESK}{proposal.pk}/")

    said = ("What we planted", "Frontline", "Heat", "Quito", "gardener@quito.example", "Parks office", "Interpretation")
    assert all(words in html for words in said)
    assert "rosa@puno.example" in html
    assert 'href="https://quito.example/shade" rel="noopener nofollow noreferrer"' in html


def test_each_organiser_has_one_vote_and_may_change_it() -> None:
    proposal, bo = make_proposal(), make_organiser()
    clients = [enter(bo), enter(make_organiser("Eli"))]
    for client in clients:
        do(client, proposal, "vote", opinion="yes", note="Good speaker.")

    do(clients[0], proposal, "vote", opinion="maybe", note="Heard her last year.")

    html = read(clients[1], f"{DESK}{proposal.pk}/")
    assert "Yes 1 · Maybe 1 · No 0" in html and "Heard her last year." in html
    assert "Yes 1 · Maybe 1 · No 0" in read(clients[1])
    assert ProposalVote.objects.get(organiser=bo).opinion == Opinion.MAYBE
    do(clients[0], proposal, "vote", back="yes")
    assert "Yes 1 · Maybe 0 · No 0" in read(clients[1])


def test_a_vote_for_nothing_is_said_beside_it() -> None:
    answer = do(enter(make_organiser()), make_proposal(), "vote", opinion="", note="Hm")

    assert answer.status_code == 422
    assert 'value="Hm"' in answer.content.decode() and "opinion" in answer.context["vote"].errors
    assert not ProposalVote.objects.exists()


def test_to_accept_makes_a_draft_with_texts_and_speaker_and_is_told_by_mail() -> None:
    series = make_series(timezone="America/New_York", usual_minutes=90)
    city, theme = make_city(), make_theme("heat")
    ana = make_member("Ana", language="es")
    told = {"city": city, "language": "pt", "title": "Sombra", "abstract": "O que plantamos.", "themes": [theme]}
    proposal = make_proposal(ana, speaker_name="Ana", speaker_place="Parks", **told)

    do(enter(make_organiser()), proposal, "accept", **ACCEPTED)

    session = Session.objects.get()
    assert (session.series, session.visibility, session.slug) == (series, Visibility.DRAFT, "sombra")
    assert (session.title_pt, session.abstract_pt) == ("Sombra", "O que plantamos.")  # type: ignore[attr-defined]
    assert (session.original_language, session.languages) == ("pt", ["pt"])
    assert (session.starts_local, session.timezone, session.minutes) == ("2031-03-06T08:00", "America/New_York", 90)
    assert list(session.priority_themes.all()) == [theme]
    [speaker] = session.speakers.all()
    assert (speaker.name, speaker.role, speaker.place, speaker.city) == ("Ana", "Gardener", "Parks", city)
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.session) == (Stage.ACCEPTED, session)
    deliver_all()
    [letter] = [letter for letter in outbox.outbox if "Sombra" in letter.subject]
    assert letter.to == [ana.email] and "/es/account/sessions/#proposals" in letter.body
    facts = Fact.objects.filter(name__in=("session_drafted", "proposal_decided"))
    assert {fact.name for fact in facts} == {"session_drafted", "proposal_decided"}


def test_the_accepted_proposal_leads_to_its_draft_and_is_decided_once() -> None:
    make_series()
    proposal, client = make_proposal(), enter(make_organiser())
    do(client, proposal, "accept", **ACCEPTED)

    answers = [do(client, proposal, "accept", **ACCEPTED), do(client, proposal, "decline", reason="No.")]

    assert [answer.status_code for answer in answers] == [403, 403]
    html = read(client, f"{DESK}{proposal.pk}/")
    assert f"/webinars/desk/{Session.objects.get().pk}/" in html and "/accept/" not in html


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"series": "none"}, "series"),
        ({"day": ""}, "day"),
        ({"day": "2020-01-02"}, "day"),
        ({"day": "2031-03-09", "time": "02:30"}, "time"),
    ],
)
def test_a_mistake_in_accepting_is_said_beside_its_field(told: dict[str, str], field: str) -> None:
    make_series(timezone="America/New_York")

    answer = do(enter(make_organiser()), make_proposal(), "accept", **(ACCEPTED | told))

    assert answer.status_code == 422 and list(answer.context["accept"].errors) == [field]
    assert not Session.objects.exists()


def test_to_decline_needs_a_reason_which_is_mailed() -> None:
    proposal, client = make_proposal(mail_language="fr"), enter(make_organiser())
    assert do(client, proposal, "decline", reason="").status_code == 422

    do(client, proposal, "decline", reason="Déjà deux fois cette année.")

    deliver_all()
    letter = outbox.outbox[-1]
    assert letter.to == ["rosa@puno.example"]
    assert "Déjà deux fois cette année." in letter.body and "/fr/webinars/propose/made/" in letter.body
    proposal.refresh_from_db()
    assert (proposal.stage, proposal.decline_reason) == (Stage.DECLINED, "Déjà deux fois cette année.")
    assert Fact.objects.filter(name="proposal_decided").count() == 1


@pytest.mark.parametrize("hers", ["account", "address", "speaker"])
def test_nobody_decides_about_her_own_proposal(hers: str) -> None:
    bo = make_organiser()
    made = {
        "account": lambda: make_proposal(bo),
        "address": lambda: Proposal.objects.create(email=bo.email, stage=Stage.NEW, title="Mine"),
        "speaker": lambda: make_proposal(speaker_email=bo.email),
    }[hers]()
    client = enter(bo)

    answers = [do(client, made, deed, **fields).status_code for deed, fields in DEEDS.items()]

    assert answers == [403] * 3
    assert "others decide" in read(client, f"{DESK}{made.pk}/")


DEEDS: dict[str, dict[str, str]] = {"vote": {"opinion": "yes"}, "accept": ACCEPTED, "decline": {"reason": "No."}}


def test_the_rules_hold_together_for_every_role_and_stage() -> None:
    make_series()
    people = [make_member("Ana"), make_organiser(), make_member("Out", is_active=False, is_organiser=True)]
    for number, stage in enumerate(Stage):
        proposal = make_proposal(people[0], token=str(number))
        Proposal.objects.filter(pk=proposal.pk).update(stage=stage)

    for viewer in people:
        seen = set(seeable_proposals(viewer))
        for proposal in Proposal.objects.all():
            assert can_see_proposal(viewer, proposal) == (proposal in seen), (viewer.name, proposal.stage)
            assert not can_decide_on(viewer, proposal) or proposal in seen


def test_a_vote_on_what_is_decided_is_refused() -> None:
    proposal, bo = make_proposal(), make_organiser()
    decline_proposal(proposal.pk, reason="No.", by=bo)

    with pytest.raises(NotAllowed):
        vote_on_proposal(proposal.pk, by=bo, opinion=Opinion.YES)


def test_a_new_session_is_first_put_where_its_series_usually_is_and_nothing_is_yet() -> None:
    series = make_series(timezone="America/New_York")
    assert time_for_new(series).time() == datetime.fromisoformat("2031-01-01T13:00").time()
    first = time_for_new(None)
    make_session("one", series=series, starts_local="2025-03-06T20:30", timezone="America/New_York")  # a Thursday

    free = time_for_new(series)
    make_session("two", series=series, starts_local=free.isoformat(timespec="minutes"), timezone="America/New_York")

    assert (free.weekday(), free.strftime("%H:%M")) == (3, "20:30") and free.date() >= first.date()
    assert (time_for_new(series) - free).days == 7


def test_the_lists_cost_the_same_queries_with_one_proposal_and_with_three(
    django_assert_max_num_queries: DjangoAssertNumQueries, django_assert_num_queries: DjangoAssertNumQueries
) -> None:
    bo, ana, series = make_organiser(), make_member("Ana"), make_series()
    client, hers = enter(bo), enter(ana)

    def more(name: str) -> None:
        proposal = make_proposal(ana, series=series, city=make_city(name), token=name)
        for number in range(2):
            vote_on_proposal(proposal.pk, by=make_organiser(f"{name} {number}"), opinion=Opinion.YES)

    more("quito")
    with django_assert_max_num_queries(MOST_QUERIES) as first:
        read(client)
    with django_assert_max_num_queries(MOST_QUERIES) as own:
        read(hers, "/account/sessions/")
    one = Proposal.objects.get()
    with django_assert_max_num_queries(MOST_QUERIES) as whole:
        read(client, f"{DESK}{one.pk}/")
    more("puno")
    more("lima")
    vote_on_proposal(one.pk, by=make_organiser("Zoe"), opinion=Opinion.NO)

    with django_assert_num_queries(len(first)):
        assert read(client).count("Shade for bus stops") == 3
    with django_assert_num_queries(len(own)):
        assert read(hers, "/account/sessions/").count("Shade for bus stops") == 3
    with django_assert_num_queries(len(whole)):
        assert "Zoe" in read(client, f"{DESK}{one.pk}/")
