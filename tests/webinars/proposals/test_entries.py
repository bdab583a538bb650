"""A speaker edits her own entry by a link, and organisers see it."""

import re
from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.core import mail as outbox
from django.core.cache import cache
from django.test import Client

from community.facts.models import Fact
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_city, make_member, make_organiser
from tests.factories.webinars import make_draft, make_proposal, make_series, make_session, make_speaker
from tests.webinars.desk import organiser
from webinars.actions import accept_proposal, send_speaker_link
from webinars.models import Session, Speaker
from webinars.proposing import AcceptForm
from webinars.queries.feeds import hash_of

pytestmark = pytest.mark.django_db
SAID = {
    "name": "Sol Mamani",
    "role": "Gardener",
    "city": "",
    "place": "Puno",
    "talk_title": "Shade that survives",
    "slides": "https://puno.example/shade.pdf",
    "bio": "Plants shade.\n\nSince 2019.",
    "bio_language": "es",
    "version": "1",
}


@pytest.fixture(autouse=True)
def nobody_has_tried_anything() -> None:
    cache.clear()


def spoken_session(**fields: Any) -> tuple[Session, Speaker]:
    session = make_session(speakers=[make_speaker("Gardener", name="Sol"), make_speaker("Mayor")], **fields)
    return session, session.speakers.all()[0]


def linked(speaker: Speaker) -> str:
    return send_speaker_link(speaker, email="sol@puno.example", language="es", by=make_organiser("Eli"))


def read(client: Client, address: str) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def typed(session: Session, *speakers: dict[str, Any]) -> dict[str, Any]:
    """The session form at the desk, as it stands, with these speakers."""
    rows = {f"speakers-{i}-{name}": value for i, row in enumerate(speakers) for name, value in row.items()}
    return {
        "title_en": session.title_en,  # type: ignore[attr-defined]
        "day": session.starts_local[:10],
        "time": session.starts_local[11:],
        "timezone": "UTC",
        "minutes": 60,
        "languages": ["en"],
        "visibility": "public",
        "version": session.version,
        "speakers-TOTAL_FORMS": len(speakers),
        "speakers-INITIAL_FORMS": 0,
        **rows,
    }


def test_an_organiser_sends_a_link_by_which_the_speaker_edits_her_entry_without_an_account(client: Client) -> None:
    session, speaker = spoken_session()
    bo = organiser()
    desk = f"/webinars/desk/speakers/{speaker.pk}/"
    assert f'href="{desk}"' in read(bo, f"/webinars/desk/{session.pk}/")

    bo.post(f"{desk}send/", {"email": "sol@puno.example", "language": "es"})
    deliver_all()
    [letter] = outbox.outbox
    [link] = re.findall(r"http://localhost:8000(/es/webinars/speaker/\S+)", letter.body)
    assert letter.to == ["sol@puno.example"]
    assert 'value="Sol"' in read(client, link)
    answer = client.post(link, SAID, follow=True)

    assert answer.status_code == 200
    page = read(client, session.get_absolute_url())
    assert "<bdi>Sol Mamani</bdi>" in page and "Puno" in page
    assert '<div class="stack" lang="es" dir="auto"><p>Plants shade.</p>\n\n<p>Since 2019.</p></div>' in page
    at_desk = read(bo, f"/webinars/desk/{session.pk}/")
    assert "Edited by the speaker:" in at_desk and "sol@puno.example" in at_desk
    assert "sol@puno.example" not in page
    assert Fact.objects.filter(name="session_revised", actor_id=None).count() == 1
    assert Session.objects.get().version == session.version + 1


def test_she_edits_nothing_but_her_entry(client: Client) -> None:
    session, speaker = spoken_session()
    token, other = linked(speaker), session.speakers.all()[1]
    more = {"position": "9", "link_email": "x@x.example", "session": "7", "title_en": "Mine", "speaker": other.pk}

    client.post(f"/webinars/speaker/{token}/", SAID | more)

    now = Speaker.objects.get(pk=speaker.pk)
    assert (now.position, now.link_email, now.session_id) == (1, "sol@puno.example", session.pk)
    assert Speaker.objects.get(pk=other.pk).name == ""
    assert Session.objects.get().title_en == "Heat"  # type: ignore[attr-defined]


def test_a_link_is_kept_as_a_hash_and_its_pages_are_passed_on_to_nobody(client: Client) -> None:
    _, speaker = spoken_session()
    token = linked(speaker)

    answer = client.get(f"/webinars/speaker/{token}/")

    assert len(token) >= 43, "256 bits"
    assert Speaker.objects.get(pk=speaker.pk).link_hash == hash_of(token) != token
    assert (answer["Referrer-Policy"], answer["X-Robots-Tag"]) == ("no-referrer", "noindex")
    assert "no-store" in answer["Cache-Control"]
    assert "noindex" in answer.content.decode()


def test_a_page_that_sends_no_referrer_can_still_be_saved() -> None:
    """Browsers send `Origin: null` from there."""
    _, speaker = spoken_session()
    client = Client(enforce_csrf_checks=True)

    answer = client.post(f"/webinars/speaker/{linked(speaker)}/", SAID, headers={"Origin": "null"})

    assert answer.status_code == 302 and Speaker.objects.get(pk=speaker.pk).bio


@pytest.mark.parametrize("how", ["replaced", "ended", "made up", "removed"])
def test_a_link_that_holds_no_more_leads_nowhere_and_changes_nothing(client: Client, how: str) -> None:
    session, speaker = spoken_session()
    token = linked(speaker)
    if how == "replaced":
        send_speaker_link(speaker, email="sol@puno.example", language="es", by=make_organiser())
    elif how == "ended":
        organiser().post(f"/webinars/desk/speakers/{speaker.pk}/end/")
    elif how == "removed":
        bo = organiser()
        bo.post(f"/webinars/desk/{session.pk}/", typed(session, {"role": "Mayor"}))
    else:
        token = "made-up"

    answers = [client.get(f"/webinars/speaker/{token}/"), client.post(f"/webinars/speaker/{token}/", SAID)]

    assert [answer.status_code for answer in answers] == [404, 404]
    assert {answer["Referrer-Policy"] for answer in answers} == {"no-referrer"}
    assert not Speaker.objects.exclude(bio="").exists()


def test_a_link_ends_thirty_days_after_the_session(client: Client) -> None:
    session, speaker = spoken_session()
    token = linked(speaker)

    with time_machine.travel(session.ends_at + timedelta(days=29, hours=23)):
        assert client.get(f"/webinars/speaker/{token}/").status_code == 200
    with time_machine.travel(session.ends_at + timedelta(days=30, minutes=1)):
        assert client.get(f"/webinars/speaker/{token}/").status_code == 404
        bo = organiser()
        assert "over a month ago" in read(bo, f"/webinars/desk/speakers/{speaker.pk}/")
        sent = {"email": "sol@puno.example", "language": "es"}
        assert bo.post(f"/webinars/desk/speakers/{speaker.pk}/send/", sent).status_code == 403


def test_she_can_edit_her_entry_before_the_session_is_published(client: Client) -> None:
    session = make_draft(speakers=[make_speaker("Gardener")])
    address = f"/webinars/speaker/{linked(session.speakers.get())}/"

    assert session.get_absolute_url() not in read(client, address)
    assert client.post(address, SAID).status_code == 302

    assert client.get(session.get_absolute_url()).status_code == 404


@pytest.mark.parametrize(
    ("told", "field"),
    [
        ({"role": ""}, "role"),
        ({"name": "a" * 81}, "name"),
        ({"bio": "a" * 1_001}, "bio"),
        ({"bio": " \u200b "}, "bio"),
        ({"bio_language": "xx"}, "bio_language"),
        ({"city": "atlantis"}, "city"),
        ({"talk_title": "a" * 201}, "talk_title"),
        ({"slides": "http://puno.example/shade.pdf"}, "slides"),
        ({"slides": "javascript:alert(1)"}, "slides"),
        ({"slides": "https://puno.example/" + "a" * 480}, "slides"),
    ],
)
def test_a_mistake_is_said_beside_its_field_and_nothing_is_lost(
    client: Client, told: dict[str, str], field: str
) -> None:
    _, speaker = spoken_session()

    answer = client.post(f"/webinars/speaker/{linked(speaker)}/", SAID | told)

    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field] and 'value="Puno"' in answer.content.decode()
    assert Speaker.objects.get(pk=speaker.pk).version == 1


def test_a_hostile_text_is_shown_as_text(client: Client) -> None:
    session, speaker = spoken_session()
    client.post(f"/webinars/speaker/{linked(speaker)}/", SAID | {"bio": "<script>x</script> [a](javascript:x)"})

    page = read(client, session.get_absolute_url())

    assert "&lt;script&gt;x&lt;/script&gt;" in page and "<script>x" not in page and 'href="javascript' not in page


def test_whoever_is_slower_reads_what_the_other_wrote_and_loses_nothing(client: Client) -> None:
    _, speaker = spoken_session()
    address, bo = f"/webinars/speaker/{linked(speaker)}/", organiser()
    desk = f"/webinars/desk/speakers/{speaker.pk}/save/"
    bo.post(desk, SAID | {"role": "Head gardener"})

    answer = client.post(address, SAID)

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Somebody else has changed this entry" in html and "Head gardener" in html
    assert 'value="Gardener"' in html and 'name="version" value="2"' in html
    assert client.post(address, SAID | {"version": "2"}).status_code == 302
    assert Speaker.objects.get(pk=speaker.pk).role == "Gardener"
    assert bo.post(desk, SAID | {"version": "2"}).status_code == 409


def test_her_talk_and_slides_are_shown_with_her_name(client: Client) -> None:
    session, speaker = spoken_session()
    client.post(f"/webinars/speaker/{linked(speaker)}/", SAID)

    page = read(client, session.get_absolute_url())

    assert '<b lang="en" dir="auto">Shade that survives</b>' in page
    assert '<a href="https://puno.example/shade.pdf" rel="noopener nofollow noreferrer">Slides</a>' in page
    assert page.index("Sol Mamani") < page.index("Shade that survives") < page.index("Mayor")
    assert page.count("Slides</a>") == 1


def test_an_organiser_plans_talks_with_the_session_and_reads_hers_where_she_was_quicker(client: Client) -> None:
    session, speaker = spoken_session()
    bo, desk = organiser(), f"/webinars/desk/{session.pk}/"
    hers = {"speaker": speaker.pk, "name": "Sol", "role": "Gardener"}
    talk = {"talk_title": "Shade", "slides": "https://puno.example/1"}
    assert bo.post(desk, typed(session, hers | talk)).status_code == 302
    now = Session.objects.get()
    assert (now.version, now.sequence) == (session.version + 1, session.sequence)
    assert 'value="https://puno.example/1"' in read(bo, desk)
    client.post(f"/webinars/speaker/{linked(speaker)}/", SAID | {"version": "2"})

    late = bo.post(desk, typed(now, hers | talk | {"talk_title": "Shadow"}))

    html = late.content.decode()
    assert late.status_code == 409 and 'value="Shadow"' in html
    assert '<bdi>Shade that survives</bdi> <bdi dir="ltr">https://puno.example/shade.pdf</bdi>' in html
    row = Speaker.objects.get(pk=speaker.pk)
    assert (row.talk_title, row.slides) == (SAID["talk_title"], SAID["slides"])


@pytest.mark.parametrize("told", [{"slides": "https://puno.example/1"}, {"talk_title": "Shade"}])
def test_a_talk_at_the_desk_has_somebody_who_gives_it(told: dict[str, str]) -> None:
    session, _ = spoken_session()

    answer = organiser().post(f"/webinars/desk/{session.pk}/", typed(session, told))

    assert answer.status_code == 422 and "in which role" in answer.content.decode()


def test_what_an_organiser_writes_is_not_said_to_be_hers() -> None:
    session, speaker = spoken_session()
    city, bo = make_city(), organiser()

    bo.post(f"/webinars/desk/speakers/{speaker.pk}/save/", SAID | {"city": "quito"})

    now = Speaker.objects.get(pk=speaker.pk)
    assert (now.city, now.bio, now.edited_at) == (city, SAID["bio"], None)
    assert "Edited by the speaker:" not in read(bo, f"/webinars/desk/{session.pk}/")


def test_the_same_again_changes_nothing(client: Client) -> None:
    _, speaker = spoken_session()
    address = f"/webinars/speaker/{linked(speaker)}/"
    client.post(address, SAID)
    told = Fact.objects.count()

    assert client.post(address, SAID | {"version": "2"}).status_code == 302

    assert Fact.objects.count() == told and Speaker.objects.get(pk=speaker.pk).version == 2


def test_a_session_that_is_revised_keeps_the_entries_and_links_of_those_who_still_speak(client: Client) -> None:
    session, speaker = spoken_session()
    address = f"/webinars/speaker/{linked(speaker)}/"
    client.post(address, SAID)
    session.refresh_from_db()
    first = {"role": "Moderator", "speaker": ""}
    hers = {"speaker": speaker.pk, "name": "Sol Mamani", "role": "Chief gardener", "place": "Puno"}

    answer = organiser().post(f"/webinars/desk/{session.pk}/", typed(session, first, hers))

    assert answer.status_code == 302
    rows = list(session.speakers.order_by("position"))
    assert [row.role for row in rows] == ["Moderator", "Chief gardener"]
    assert (rows[1].pk, rows[1].bio, rows[1].version) == (speaker.pk, SAID["bio"], 3)
    assert client.get(address).status_code == 200


def test_plans_that_name_no_rows_keep_who_says_the_same(client: Client) -> None:
    session, speaker = spoken_session()
    client.post(f"/webinars/speaker/{linked(speaker)}/", SAID | {"name": "Sol", "place": ""})
    session.refresh_from_db()
    form = typed(session, {"role": "New"}, {"name": "Sol", "role": "Gardener"})

    organiser().post(f"/webinars/desk/{session.pk}/", form)

    assert [(row.role, bool(row.bio)) for row in session.speakers.order_by("position")] == [
        ("New", False),
        ("Gardener", True),
    ]


def test_a_row_that_one_names_is_not_given_to_another_who_says_the_same(client: Client) -> None:
    session, speaker = spoken_session()
    address = f"/webinars/speaker/{linked(speaker)}/"
    client.post(address, SAID | {"name": "Sol", "place": ""})
    session.refresh_from_db()
    same = {"name": "Sol", "role": "Gardener"}

    organiser().post(f"/webinars/desk/{session.pk}/", typed(session, same, same | {"speaker": speaker.pk}))

    assert [row.pk == speaker.pk for row in session.speakers.order_by("position")] == [False, True]


def test_a_row_of_another_session_is_not_taken_over() -> None:
    session, speaker = spoken_session()
    other = make_session("other", series=session.series, speakers=[make_speaker("Poet")])

    organiser().post(f"/webinars/desk/{other.pk}/", typed(other, {"speaker": speaker.pk, "role": "Thief"}))

    assert Speaker.objects.get(pk=speaker.pk).session_id == session.pk
    assert other.speakers.get().role == "Thief"


def test_the_form_of_a_session_and_the_desk_name_the_rows() -> None:
    session, speaker = spoken_session()

    html = read(organiser(), f"/webinars/desk/{session.pk}/")

    assert f'name="speakers-0-speaker" value="{speaker.pk}"' in html


@pytest.mark.parametrize("path", ["", "send/", "save/", "end/"])
def test_the_desk_of_a_speaker_is_there_for_organisers_alone(path: str) -> None:
    _, speaker = spoken_session()
    send, ana = ("post" if path else "get"), Client()
    ana.force_login(make_member("Ana"))
    address = f"/webinars/desk/speakers/{speaker.pk}/{path}"

    answer = getattr(Client(), send)(address)

    assert answer.status_code == 302 and "/account/login/" in answer["Location"]
    said = SAID | {"email": "x@puno.example", "language": "en"}
    assert getattr(ana, send)(address, said).status_code == 404
    assert Speaker.objects.get(pk=speaker.pk).link_hash == ""


def test_an_address_that_is_none_is_said_beside_its_field() -> None:
    _, speaker = spoken_session()

    answer = organiser().post(f"/webinars/desk/speakers/{speaker.pk}/send/", {"email": "sol", "language": "es"})

    assert answer.status_code == 422 and list(answer.context["link"].errors) == ["email"]
    assert 'value="sol"' in answer.content.decode()


def test_the_address_of_a_proposed_speaker_stands_in_the_form_already() -> None:
    proposal = make_proposal(speaker_email="sol@puno.example", speaker_name="Sol")
    series = make_series()
    form = AcceptForm({"series": "frontline", "day": "2031-03-06", "time": "08:00"})
    assert form.is_valid()
    session = accept_proposal(proposal.pk, series=series, plan=form.plan(proposal), by=make_organiser("Eli"))

    html = read(organiser(), f"/webinars/desk/speakers/{session.speakers.get().pk}/")

    assert 'value="sol@puno.example"' in html


def test_saving_all_the_time_is_stopped(client: Client) -> None:
    _, speaker = spoken_session()
    address = f"/webinars/speaker/{linked(speaker)}/"

    answers = [client.post(address, SAID | {"role": ""}).status_code for _ in range(31)]

    assert answers == [422] * 30 + [429]
