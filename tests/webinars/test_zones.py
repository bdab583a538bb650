"""When the rules of a zone change, sessions that moved by it are listed, and what shall stay is asked."""

from datetime import datetime, timedelta
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.facts.models import Fact
from tests.factories.webinars import make_session
from webinars.actions import settle_zone
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
