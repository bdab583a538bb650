"""When the rules of a zone change, sessions that moved by it are listed, and what shall stay is asked."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.facts.models import Fact
from tests.factories.webinars import make_session
from webinars.actions import open_registration, settle_zone
from webinars.models import Session

pytestmark = pytest.mark.django_db


def planned_before_the_change(**fields: Any) -> Session:
    """At nine in São Paulo, kept as it was under a rule by which clocks there stood an hour further."""
    local = (timezone.now() + timedelta(days=30)).strftime("%Y-%m-%dT09:00")
    session = make_session(starts_local=local, timezone="America/Sao_Paulo", **fields)
    hour = timedelta(hours=1)
    Session.objects.filter(pk=session.pk).update(starts_at=session.starts_at - hour, ends_at=session.ends_at - hour)
    session.refresh_from_db()
    return session


def told() -> list[str]:
    return list(Fact.objects.filter(name__in=["session_moved", "session_revised"]).values_list("name", flat=True))


def test_where_all_is_well_it_says_so(capsys: pytest.CaptureFixture[str]) -> None:
    make_session()

    call_command("zones", "check")

    assert "Every session to come" in capsys.readouterr().out


def test_it_lists_what_moved_and_changes_nothing_where_nobody_can_be_asked(
    capsys: pytest.CaptureFixture[str],
) -> None:
    session = planned_before_the_change()

    with pytest.raises(CommandError, match="1 wait to be settled"):
        call_command("zones", "check")

    said = capsys.readouterr().out
    assert f"frontline/heat, announced for {session.starts_local}" in said
    assert f"local: {session.starts_local} stays" in said and "T08:00 there" in said
    assert told() == []


def test_the_local_time_stays_and_calendars_hear_of_another_instant() -> None:
    session = planned_before_the_change()

    call_command("zones", "check", keep="local")
    call_command("zones", "check", keep="local")

    kept = Session.objects.get()
    assert (kept.starts_local, kept.sequence, told()) == (session.starts_local, 1, ["session_moved"])
    assert kept.starts_at - session.starts_at == kept.ends_at - session.ends_at == timedelta(hours=1)


def test_or_the_instant_stays_and_no_calendar_moves() -> None:
    session = planned_before_the_change()

    settle_zone(session.pk, keeps_local=False)

    kept = Session.objects.get()
    assert (kept.starts_at, kept.sequence, told()) == (session.starts_at, 0, ["session_revised"])
    assert datetime.fromisoformat(kept.starts_local).hour == 8


def test_what_is_over_is_left_as_it_was(capsys: pytest.CaptureFixture[str]) -> None:
    session = planned_before_the_change()
    over = timezone.now() - timedelta(days=1)
    Session.objects.filter(pk=session.pk).update(starts_at=over - timedelta(hours=1), ends_at=over)

    call_command("zones")

    assert "Every session to come" in capsys.readouterr().out


def until_before_the_change(**fields: Any) -> Session:
    """As `planned_before_the_change`, and registration ends at six on the evening before."""
    day = timezone.now() + timedelta(days=29)
    session = planned_before_the_change(registration_until_local=day.strftime("%Y-%m-%dT18:00"), **fields)
    assert session.registration_until is not None
    Session.objects.update(registration_until=session.registration_until - timedelta(hours=1))
    session.refresh_from_db()
    return session


def until_of(session: Session) -> tuple[datetime | None, str]:
    return session.registration_until, session.registration_until_local


@pytest.mark.parametrize("again", [False, True])
def test_where_the_local_time_stays_registration_ends_as_long_before_it_as_it_did(again: bool) -> None:
    session = until_before_the_change()
    assert session.registration_until is not None
    settle_zone(session.pk, keeps_local=True)
    if again:
        settle_zone(session.pk, keeps_local=True)

    kept = Session.objects.get()

    assert until_of(kept) == (session.registration_until + timedelta(hours=1), session.registration_until_local)
    assert (kept.sequence, told()) == (1, ["session_moved"])


def test_where_the_instant_stays_so_does_the_end_of_registration() -> None:
    session = until_before_the_change()

    settle_zone(session.pk, keeps_local=False)

    kept = Session.objects.get()
    assert kept.registration_until == session.registration_until
    assert kept.registration_until_local.endswith("T17:00") and kept.starts_local.endswith("T08:00")
    call_command("zones")
    assert told() == ["session_revised"]


def test_an_end_of_registration_that_alone_went_astray_is_found_and_no_calendar_moves(
    capsys: pytest.CaptureFixture[str],
) -> None:
    session = until_before_the_change()
    hour = timedelta(hours=1)
    Session.objects.update(starts_at=session.starts_at + hour, ends_at=session.ends_at + hour)

    call_command("zones", keep="local")

    kept = Session.objects.get()
    assert f"registration until {session.registration_until_local} there" in capsys.readouterr().out
    assert kept.registration_until is not None and session.registration_until is not None
    assert kept.registration_until - session.registration_until == hour
    assert (kept.sequence, told()) == (0, ["session_revised"])


def test_an_end_that_the_rules_did_not_touch_stays_where_it_is() -> None:
    session = planned_before_the_change()
    until = session.starts_at - timedelta(days=3, seconds=7)
    open_registration(session.pk, until=until)

    settle_zone(session.pk, keeps_local=True)

    assert until_of(Session.objects.get()) == (until, ""), "an instant, which no clock shows to the minute"
