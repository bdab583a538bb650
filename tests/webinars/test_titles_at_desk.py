"""Organisers write the titles of many sessions at once, in all languages."""

from datetime import timedelta
from typing import Any

import pytest
from django.core import mail as outbox
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.facts.models import Fact
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_member
from tests.factories.webinars import make_draft, make_open_session, make_registration, make_series, make_session
from tests.webinars.desk import organiser
from webinars.actions import cancel_session, retitle_session
from webinars.choices import Visibility
from webinars.models import Session

pytestmark = pytest.mark.django_db
PAGE = "/webinars/desk/titles/"
ALL = {"en": "Heat", "es": "Calor", "pt": "Calor", "fr": "Chaleur", "ar": "حر"}


def read(client: Client, address: str = PAGE) -> str:
    answer = client.get(address)
    assert answer.status_code == 200
    return answer.content.decode()


def typed(*sessions: Session, **titles: str) -> dict[str, Any]:
    """The page as it stands, with other titles for each session: `es="Calor"`."""
    told: dict[str, Any] = {"session": [each.pk for each in sessions]}
    for each in sessions:
        for code in ALL:
            was = getattr(each, f"title_{code}") or ""
            told[f"initial-title-{each.pk}-{code}"] = was
            told[f"title-{each.pk}-{code}"] = titles.get(code, was)
    return told


def titles_of(session: Session) -> dict[str, str]:
    now = Session.objects.get(pk=session.pk)
    return {code: title for code in ALL if (title := getattr(now, f"title_{code}"))}


def test_drafts_and_what_lacks_a_title_stand_there_the_next_first_and_nothing_else() -> None:
    make_session("past", starts_at=timezone.now() - timedelta(days=2))
    make_session("whole", titles=ALL)
    cancel_session(make_session("off").pk)
    make_draft("later", titles=ALL, starts_at=timezone.now() + timedelta(days=9))
    make_session("soon")

    sessions = organiser().get(PAGE).context["form"].sessions

    assert [each.slug for each in sessions] == ["soon", "later"]


def test_titles_of_many_are_written_at_once() -> None:
    first, second, client = make_draft("first"), make_draft("second"), organiser()
    told = typed(first, second)
    told |= {f"title-{first.pk}-en": "Heat", f"title-{first.pk}-es": "Calor", f"title-{second.pk}-pt": "Enchentes"}

    answer = client.post(PAGE, told, follow=True)

    assert titles_of(first) == {"en": "Heat", "es": "Calor"}
    assert titles_of(second) == {"en": "Second", "pt": "Enchentes"}
    assert "2 sessions have theirs." in answer.content.decode()
    assert Fact.objects.filter(name="session_retitled_quietly").count() == 2


def test_of_what_others_see_only_missing_titles_are_written_and_nobody_is_told() -> None:
    session, client = make_open_session("heat"), organiser()
    make_registration(session)
    page = read(client)
    deliver_all()
    outbox.outbox.clear()

    client.post(PAGE, typed(session, en="Quite another", es="Calor"))
    deliver_all()

    assert f'name="title-{session.pk}-es"' in page and f'name="title-{session.pk}-en"' not in page
    assert '<p lang="en" dir="ltr">Heat</p>' in page
    assert titles_of(session) == {"en": "Heat", "es": "Calor"}
    assert not outbox.outbox
    now = Session.objects.get()
    assert (now.version, now.sequence) == (session.version + 1, 0)


def test_who_was_slower_overwrites_nothing_and_is_told() -> None:
    draft, other, client = make_draft("heat"), make_draft("waste"), organiser()
    told = typed(draft, other, es="Calor")
    retitle_session(draft.pk, titles={"es": "Olas de calor"}, abstracts={})

    page = client.post(PAGE, told, follow=True).content.decode()

    assert titles_of(draft)["es"] == "Olas de calor"
    assert titles_of(other)["es"] == "Calor"
    assert "1 session was named by another organiser meanwhile" in page and "1 session has its titles." in page


def test_a_draft_that_is_published_meanwhile_keeps_the_titles_that_people_have_read() -> None:
    draft, client = make_draft("heat"), organiser()
    told = typed(draft, en="Another")
    Session.objects.update(visibility=Visibility.PUBLIC)

    client.post(PAGE, told)

    assert titles_of(draft) == {"en": "Heat"}


def test_the_title_in_the_original_language_cannot_be_taken_away_and_nothing_typed_is_lost() -> None:
    draft, client = make_draft("heat"), organiser()

    answer = client.post(PAGE, typed(draft, en="", es="Calor"))
    page = answer.content.decode()

    assert answer.status_code == 422
    assert answer.context["form"].errors == {
        f"title-{draft.pk}-en": ["This is its original language: a title must stay."]
    }
    assert f'name="title-{draft.pk}-es" value="Calor"' in page
    assert f'name="initial-title-{draft.pk}-en" value="Heat"' in page
    assert titles_of(draft) == {"en": "Heat"}


def test_the_same_again_changes_nothing() -> None:
    draft, client = make_draft("heat"), organiser()
    client.post(PAGE, typed(draft, es="Calor"))
    facts = Fact.objects.count()

    page = client.post(PAGE, typed(Session.objects.get()), follow=True).content.decode()

    assert Fact.objects.count() == facts and "Nothing was changed." in page


def test_for_who_is_no_organiser_it_is_not_there(client: Client) -> None:
    make_draft()

    assert client.get(PAGE)["Location"].startswith("/account/login/?next=/webinars/desk/titles/")
    client.force_login(make_member("Ana"))
    assert client.get(PAGE).status_code == 404
    assert client.post(PAGE, typed(Session.objects.get(), es="Calor")).status_code == 404


def test_it_narrows_to_a_series_and_more_sessions_cost_no_more_queries() -> None:
    make_draft("heat")
    other = make_series("latin")
    make_draft("calor", series=other)
    client = organiser()

    assert [each.slug for each in client.get(f"{PAGE}?series=latin").context["form"].sessions] == ["calor"]
    with CaptureQueriesContext(connection) as of_one:
        read(client, f"{PAGE}?series=latin")
    for number in range(3):
        make_draft(f"calor-{number}", series=other)
    with CaptureQueriesContext(connection) as of_four:
        read(client, f"{PAGE}?series=latin")
    assert len(of_four) == len(of_one) <= 12


def test_all_drafts_of_a_page_are_published_at_once() -> None:
    drafts, client = [make_draft(name) for name in ("heat", "waste")], organiser()

    client.post(
        "/webinars/desk/publish/", {"draft": [each.pk for each in drafts], "session": [drafts[0].pk], "all": "yes"}
    )

    assert set(Session.objects.values_list("visibility", flat=True)) == {Visibility.PUBLIC}
