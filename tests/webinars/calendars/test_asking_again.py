"""Whoever has a feed already and asks again: what is the same costs nothing, what is another is told."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from django.utils.http import http_date

from community.programmes.actions import keep_programme
from community.programmes.models import Programme
from community.topics.models import Theme
from tests.factories.webinars import make_series, make_session
from tests.webinars.calendars.reading import read
from webinars.actions import cancel_session, move_session, retitle_session
from webinars.feeds import KINDS, exists

pytestmark = pytest.mark.django_db
NOON = datetime(2026, 12, 1, 12, tzinfo=UTC)


@pytest.mark.parametrize(
    "condition",
    [
        lambda etag, date: {"If-None-Match": etag},
        lambda etag, date: {"If-None-Match": f'"other", {etag}'},
        lambda etag, date: {"If-None-Match": f"W/{etag}"},
        lambda etag, date: {"If-None-Match": etag[:-1] + '-gzip"'},
        lambda etag, date: {"If-None-Match": "*"},
        lambda etag, date: {"If-Modified-Since": date},
        lambda etag, date: {"If-None-Match": etag, "If-Modified-Since": "Thu, 01 Jan 1970 00:00:00 GMT"},
    ],
)
def test_who_has_it_already_costs_no_look_at_sessions(client: Client, condition: Callable[..., Any]) -> None:
    make_session()
    with time_machine.travel(timezone.now() + timedelta(seconds=2)):
        first = read(client)
        asked = condition(first.headers["ETag"], first.headers["Last-Modified"])

        with CaptureQueriesContext(connection) as queries:
            again = read(client, **asked)

    assert (again.status_code, again.content) == (304, b"")
    assert again.headers["ETag"] == first.headers["ETag"]
    assert not any("webinars_session" in query["sql"] for query in queries)


@pytest.mark.parametrize("asked", [{"If-None-Match": '"other"'}, {"If-Modified-Since": "never"}, {}])
def test_who_has_another_one_gets_it(client: Client, asked: dict[str, str]) -> None:
    make_session()

    assert read(client, **asked).status_code == 200


@pytest.mark.parametrize("change", [move_session, cancel_session, retitle_session], ids=lambda change: change.__name__)
def test_a_change_is_told_to_who_asks_again(client: Client, change: Callable[..., Any]) -> None:
    session = make_session()
    with time_machine.travel(timezone.now() + timedelta(seconds=2)):
        given_before = read(client)
    fields: dict[str, Any] = {
        "move_session": {"starts_local": "2027-01-01T10:00"},
        "retitle_session": {"titles": {"en": "Other"}, "abstracts": {}},
    }.get(change.__name__, {})

    with time_machine.travel(timezone.now() + timedelta(seconds=4)):
        change(session.pk, **fields)
        by_tag = read(client, **{"If-None-Match": given_before.headers["ETag"]})
        by_date = read(client, **{"If-Modified-Since": given_before.headers["Last-Modified"]})

    assert by_tag.status_code == by_date.status_code == 200
    assert by_tag.content != given_before.content


def test_what_changes_twice_in_a_second_is_given_anew_to_who_asks_by_its_date(client: Client) -> None:
    session = make_session(starts_local="2027-01-01T10:00")
    with time_machine.travel(NOON, tick=False) as clock:
        move_session(session.pk, starts_local="2027-01-01T11:00")
        clock.shift(0.2)
        amid = read(client)
        move_session(session.pk, starts_local="2027-01-01T12:00")
        clock.shift(5)
        after = read(client)
        again = read(client, **{"If-Modified-Since": after.headers["Last-Modified"]})
        of_that_second = read(client, **{"If-Modified-Since": http_date(NOON.timestamp())})

    assert "Last-Modified" not in amid.headers
    assert after.headers["Last-Modified"] == http_date(NOON.timestamp() + 1)
    assert (again.status_code, of_that_second.status_code) == (304, 200)
    assert b"DTSTART:20270101T1200" in of_that_second.content


def test_what_changes_on_the_whole_site_changes_the_date_of_a_feed_too(client: Client) -> None:
    programme = Programme.objects.create(slug="recap21", title_en="ReCap21")
    make_session(programme_id=programme.pk)
    address = "/calendar/programme/recap21.ics"
    with time_machine.travel(NOON, tick=False) as clock:
        before = read(client, address)
        clock.shift(10)
        programme.title_en = "Another"
        keep_programme(programme)
        clock.shift(10)
        by_date = read(client, address, **{"If-Modified-Since": before.headers["Last-Modified"]})
        by_tag = read(client, address, **{"If-None-Match": before.headers["ETag"]})

    assert by_date.status_code == by_tag.status_code == 200
    assert b"Another" in by_date.content


def test_no_feed_is_taken_for_another_nor_for_yesterdays(client: Client) -> None:
    make_session()
    addresses = ["all.ics", "all.ics?past=all", "all.json", "all.atom", "frontline.ics"]
    paths = [f"{prefix}/calendar/{address}" for prefix in ("", "/pt") for address in addresses]

    with time_machine.travel(NOON):
        tags = [read(client, path).headers["ETag"] for path in paths]
    with time_machine.travel(NOON + timedelta(days=1)):
        tags += [read(client, path).headers["ETag"] for path in paths]
        yesterdays = read(client, paths[0], **{"If-None-Match": tags[0]})

    assert len(set(tags)) == 2 * len(paths)
    assert (yesterdays.status_code, yesterdays.headers["Cache-Control"]) == (200, "no-cache")


def test_a_date_that_is_yet_to_come_claims_nothing(client: Client) -> None:
    with time_machine.travel(NOON):
        asked = {"If-Modified-Since": http_date((NOON + timedelta(days=9)).timestamp())}

        assert read(client, **asked).status_code == 200


@pytest.mark.parametrize(
    "asked", [{"If-None-Match": "*"}, {"If-Modified-Since": "Tue, 01 Dec 2026 13:00:00 GMT"}], ids=["tag", "date"]
)
@pytest.mark.parametrize("address", ["theme/x", "tag/x", "programme/x", "spoken/xx", "x", "session/999"])
def test_who_claims_to_have_a_feed_that_is_none_is_told_so(client: Client, address: str, asked: dict[str, str]) -> None:
    with time_machine.travel(NOON + timedelta(hours=2)):
        assert read(client, f"/calendar/{address}.ics", **asked).status_code == 404


def test_who_had_a_feed_is_told_when_it_is_no_more(client: Client) -> None:
    series = make_series("other")
    with time_machine.travel(NOON):
        tag = read(client, "/calendar/other.ics").headers["ETag"]
        assert read(client, "/calendar/other.ics", **{"If-None-Match": tag}).status_code == 304

        series.delete()

        assert read(client, "/calendar/other.ics", **{"If-None-Match": tag}).status_code == 404


@pytest.mark.parametrize("kind", KINDS)
def test_each_kind_of_feed_can_tell_whether_one_is_there(client: Client, kind: str) -> None:
    theme = Theme.objects.create(slug="climate", title_en="Climate")
    programme = Programme.objects.create(slug="recap21", title_en="ReCap21")
    session = make_session(priority_theme_ids=(theme.pk,), themes=("heat",), programme_id=programme.pk)
    keys = {"series": "frontline", "theme": "climate", "tag": "heat", "spoken": "en", "programme": "recap21"}
    key = {**keys, "session": str(session.pk)}.get(kind, "")

    assert exists(kind, key)
    assert kind == "all" or not exists(kind, "999")
