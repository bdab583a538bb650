from datetime import UTC, datetime
from typing import Any

import pytest
from django.test import RequestFactory

from community.facts.models import Stream
from community.live.keep import KEPT, Note, heads_of, keep

EARLIER, LATER = datetime(2026, 1, 1, tzinfo=UTC), datetime(2026, 1, 2, tzinfo=UTC)


def request_with(note: Note | None) -> Any:
    request = RequestFactory().get("/")
    request.scope = {KEPT: note} if note else {}  # type: ignore[attr-defined]
    return request


@pytest.mark.django_db
def test_a_stream_on_which_nothing_happened_stands_at_nought(django_assert_num_queries: Any) -> None:
    Stream.objects.create(name="thread:1", head=7)

    with django_assert_num_queries(1):
        heads = heads_of(["thread:1", "thread:2"])

    assert heads == {"thread:1": 7, "thread:2": 0}


@pytest.mark.django_db
def test_a_page_is_always_made_from_the_site_and_from_who_may_see_what() -> None:
    note = Note()

    heads = keep(request_with(note), "thread:1")

    assert note.heads == heads == {"thread:1": 0, "site": 0, "access": 0}


@pytest.mark.django_db
def test_of_two_numbers_the_older_holds() -> None:
    note = Note()
    request = request_with(note)
    keep(request, "thread:1")
    Stream.objects.create(name="thread:1", head=1)

    keep(request, "thread:1", "forum:1")

    assert note.heads == {"thread:1": 0, "forum:1": 0, "site": 0, "access": 0}


@pytest.mark.django_db
def test_of_two_instants_the_earlier_holds() -> None:
    note = Note()
    request = request_with(note)

    keep(request, until=EARLIER)
    keep(request, until=LATER)
    keep(request)

    assert note.until == EARLIER


@pytest.mark.django_db
@pytest.mark.parametrize("request_of", [lambda: request_with(None), lambda: RequestFactory().get("/")])
def test_where_nothing_is_kept_the_heads_are_told_all_the_same(request_of: Any) -> None:
    assert keep(request_of(), "thread:1")["thread:1"] == 0
