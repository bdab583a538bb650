"""Speakers and series have pictures, which organisers bring at the desk."""

from datetime import timedelta
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.facts.models import Fact
from community.files.actions import delete_file
from community.files.choices import State
from community.files.models import StoredFile
from community.members.models import Member
from community.personal.rows import erase_rows
from community.privacy.queries import person_of
from tests.factories.deliveries import deliver_all
from tests.factories.files import PDF, SVG, png
from tests.factories.members import make_member, make_organiser
from tests.factories.webinars import make_series, make_session, make_speaker
from tests.webinars.desk import organiser
from webinars.actions import end_speaker_link, revise_session, send_speaker_link
from webinars.choices import Visibility
from webinars.models import Series, Session, Speaker
from webinars.plans import SessionPlan

pytestmark = pytest.mark.django_db
PAGE = "/webinars/frontline/heat/"


@pytest.fixture(autouse=True)
def shelf(tmp_path: Any, settings: Any) -> None:
    settings.MEDIA_ROOT = tmp_path


def picture(name: str = "sol.png", content: bytes | None = None) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content if content is not None else png())


def spoken() -> Speaker:
    make_session(speakers=(make_speaker("Gardener", name="Sol"),))
    return Speaker.objects.get()


def bring(desk: Client, address: str, **told: Any) -> str:
    """What the desk says then."""
    return desk.post(address, told, follow=True).content.decode()


def of(speaker: Speaker) -> str:
    return f"/webinars/desk/speakers/{speaker.pk}/picture/"


def read(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def test_a_picture_stands_beside_its_speaker_once_it_is_prepared(client: Client) -> None:
    speaker, desk = spoken(), organiser()

    said = bring(desk, of(speaker), picture=picture(), alt="Sol under a tree")
    assert "The picture is being prepared." in said
    assert '<img class="portrait"' not in read(client)
    deliver_all()

    page = read(client)
    file = StoredFile.objects.get()
    assert f'<img class="portrait" src="{file.thumbnail}"' in page and 'alt="Sol under a tree"' in page
    assert client.get(file.thumbnail).status_code == 200
    assert file.thumbnail in read(desk, f"/webinars/desk/speakers/{speaker.pk}/")
    assert Session.objects.get().sequence == 0


def test_another_picture_takes_its_place_whoever_brought_the_first_and_it_can_be_taken_away(client: Client) -> None:
    speaker, desk = spoken(), organiser()
    bring(desk, of(speaker), picture=picture())
    deliver_all()
    first = StoredFile.objects.get()
    other = Client()
    other.force_login(make_organiser("Eli"))

    bring(other, of(speaker), picture=picture("other.png"))
    deliver_all()
    second = StoredFile.objects.exclude(pk=first.pk).get()
    assert second.thumbnail in read(client)
    assert client.get(first.thumbnail).status_code == 404

    bring(desk, of(speaker), remove="yes")
    assert '<img class="portrait"' not in read(client)
    assert set(StoredFile.objects.values_list("state", flat=True)) == {State.GONE}


def test_a_speaker_brings_her_picture_by_her_link_and_takes_it_away(client: Client) -> None:
    speaker, bo = spoken(), make_organiser("Eli")
    token = send_speaker_link(speaker, email="sol@puno.example", language="en", by=bo)
    own = f"/webinars/speaker/{token}/"
    assert 'action="picture/"' in read(client, own) and "csrfmiddlewaretoken" not in read(client, own)

    said = client.post(f"{own}picture/", {"picture": picture(), "alt": "Sol under a tree"}, follow=True)
    assert "The picture is being prepared." in said.content.decode()
    deliver_all()

    file = StoredFile.objects.get()
    assert file.owner == bo and file.thumbnail in read(client) and file.thumbnail in read(client, own)
    assert said.headers["Referrer-Policy"] == "no-referrer"

    client.post(f"{own}picture/", {"remove": "yes"})
    assert '<img class="portrait"' not in read(client)


def test_by_a_link_that_has_ended_or_whose_sender_is_gone_no_picture_is_taken(client: Client) -> None:
    speaker, bo = spoken(), make_organiser("Eli")
    token = send_speaker_link(speaker, email="sol@puno.example", language="en", by=bo)
    Member.objects.filter(pk=bo.pk).update(is_active=False)

    said = client.post(f"/webinars/speaker/{token}/picture/", {"picture": picture()}, follow=True).content.decode()
    assert "It cannot be taken by this link." in said

    end_speaker_link(speaker)
    assert client.post(f"/webinars/speaker/{token}/picture/", {"picture": picture()}).status_code == 404
    assert not StoredFile.objects.exists()


def test_why_the_organiser_may_bring_no_file_is_not_told_to_the_speaker(client: Client) -> None:
    speaker, bo = spoken(), make_organiser("Eli")
    token = send_speaker_link(speaker, email="sol@puno.example", language="en", by=bo)
    until = timezone.now() + timedelta(days=3)
    Member.objects.filter(pk=bo.pk).update(silenced_until=until, silenced_reason="Quarrelled.")
    desk = Client()
    desk.force_login(bo)

    said = client.post(f"/webinars/speaker/{token}/picture/", {"picture": picture()}, follow=True).content.decode()

    assert "It cannot be taken by this link." in said and "Quarrelled" not in said
    assert "Quarrelled" in bring(desk, of(speaker), picture=picture())
    assert not StoredFile.objects.exists()


def test_a_speaker_who_leaves_takes_her_picture_along(client: Client) -> None:
    speaker, sol = spoken(), make_member("Sol")
    send_speaker_link(speaker, email=sol.email, language="en", by=make_organiser("Eli"))
    bring(organiser(), of(speaker), picture=picture())
    deliver_all()

    erase_rows(person_of(sol))

    assert '<img class="portrait"' not in read(client)
    assert StoredFile.objects.get().state == State.GONE


@pytest.mark.parametrize("content", [PDF, SVG, b"", b"no picture"])
def test_what_is_no_picture_is_refused_in_words(content: bytes) -> None:
    speaker = spoken()

    said = bring(organiser(), of(speaker), picture=picture("sol.png", content))

    assert "Choose a picture" in said
    assert not StoredFile.objects.exists()


def test_without_a_file_it_asks_for_one() -> None:
    assert "Choose a picture first." in bring(organiser(), of(spoken()))


def test_nobody_but_organisers_brings_one(client: Client) -> None:
    speaker = spoken()

    assert client.post(of(speaker), {"picture": picture()}).status_code == 302  # to sign in
    client.force_login(make_member("Ana"))
    assert client.post(of(speaker), {"picture": picture()}).status_code == 404
    assert not StoredFile.objects.exists()


def test_a_picture_is_seen_where_its_session_is(client: Client) -> None:
    speaker = spoken()
    bring(organiser(), of(speaker), picture=picture())
    deliver_all()
    address = StoredFile.objects.get().thumbnail

    Session.objects.update(visibility=Visibility.MEMBERS)

    assert client.get(address).status_code == 404
    client.force_login(make_member("Ana"))
    assert client.get(address).status_code == 200


def test_the_picture_of_who_speaks_no_more_goes(client: Client) -> None:
    speaker = spoken()
    bring(organiser(), of(speaker), picture=picture())
    deliver_all()
    session = Session.objects.get()
    plan = SessionPlan(
        slug=session.slug, titles={"en": "Heat"}, starts_local=session.starts_local, timezone="UTC", minutes=60,
        languages=("en",), abstracts={}, speakers=(make_speaker("Mayor"),),
    )  # fmt: skip

    revise_session(session.pk, plan, version=session.version)

    assert StoredFile.objects.get().state == State.GONE


def test_its_owner_may_delete_it_from_her_files(client: Client) -> None:
    speaker = spoken()
    bring(organiser(), of(speaker), picture=picture())
    deliver_all()
    file, before = StoredFile.objects.get(), Fact.objects.filter(name="session_revised").count()
    assert file.owner is not None

    delete_file(file, by=file.owner)

    assert '<img class="portrait"' not in read(client)
    assert Fact.objects.filter(name="session_revised").count() == before + 1


def test_a_series_has_a_picture_above_its_name(client: Client) -> None:
    series = make_series()
    version = Series.objects.get().version

    bring(organiser(), f"/webinars/desk/series/{series.slug}/picture/", picture=picture())
    deliver_all()

    file = StoredFile.objects.get()
    assert f'<img class="panorama" src="{file.thumbnail}"' in read(client, "/webinars/frontline/")
    assert client.get(file.thumbnail).status_code == 200
    assert Series.objects.get().version > version
    bring(organiser(), f"/webinars/desk/series/{series.slug}/picture/", remove="yes")
    assert "panorama" not in read(client, "/webinars/frontline/")


def test_more_pictures_cost_no_more_queries(client: Client) -> None:
    speaker, desk = spoken(), organiser()
    client.force_login(make_member("Ana"))
    read(client)
    with CaptureQueriesContext(connection) as without:
        read(client)
    bring(desk, of(speaker), picture=picture())
    deliver_all()
    read(client)

    with CaptureQueriesContext(connection) as asked:
        read(client)

    assert len(asked) == len(without) <= 12
