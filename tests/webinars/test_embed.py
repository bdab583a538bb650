"""The schedule in frames on other sites: as guests see it, without scripts, in the zone that its address names."""

from datetime import UTC, datetime

import pytest
import time_machine
from django.test import Client

from tests.factories.members import make_member
from tests.factories.webinars import make_draft, make_series, make_session
from webinars.choices import Visibility

pytestmark = pytest.mark.django_db
AT = datetime(2030, 3, 7, 13, tzinfo=UTC)


@pytest.fixture(autouse=True)
def before() -> object:
    with time_machine.travel(datetime(2030, 3, 1, tzinfo=UTC)):
        yield


def test_a_frame_says_times_in_the_zone_of_its_address() -> None:
    make_session(starts_at=AT)

    there = Client().get("/webinars/embed/?zone=Asia/Jakarta").content.decode()
    unknown = Client().get("/webinars/embed/?zone=Mars/Base").content.decode()

    assert "20:00" in there and "13:00" in unknown and "UTC" in unknown


def test_without_one_a_series_stands_in_its_own_zone() -> None:
    make_session(series=make_series("latin", timezone="America/Bogota"), starts_at=AT)
    make_session("other", starts_at=AT)

    html = Client().get("/webinars/embed/?series=latin").content.decode()

    assert "08:00" in html
    assert "Other" not in html


def test_only_sites_that_the_setting_names_may_frame_it_and_no_other_page() -> None:
    answer, other = Client().get("/webinars/embed/"), Client().get("/webinars/")

    assert "frame-ancestors 'self'" in answer["Content-Security-Policy"]
    assert "X-Frame-Options" not in answer
    assert "frame-ancestors 'none'" in other["Content-Security-Policy"]
    assert "<script" not in answer.content.decode() and "<form" not in answer.content.decode()


def test_whoever_looks_it_shows_what_guests_may_see() -> None:
    make_session("inner", visibility=Visibility.MEMBERS)
    make_draft("draft")
    client = Client()
    client.force_login(make_member("Ana"))

    html = client.get("/webinars/embed/").content.decode()

    assert "Inner" not in html and "Draft" not in html
    assert "Nothing is planned just now." in html


def test_it_speaks_the_language_of_its_address() -> None:
    make_session(titles={"en": "Heat", "ar": "الحر"})

    html = Client().get("/ar/webinars/embed/").content.decode()

    assert '<html lang="ar" dir="rtl">' in html and "الحر" in html
