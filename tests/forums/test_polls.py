"""A thread's poll: who asks, who votes, who sees what."""

import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.facts.models import Fact, Stream
from community.live.streams import changes
from community.members.models import Member
from community.moderation.models import Decision
from community.polls.actions import cast
from community.polls.forms import PollForm
from community.polls.models import Ballot, Poll
from forums.actions import close_thread_poll, lock_thread, vote_in_poll
from forums.choices import Audience
from forums.models import Thread
from i18n.templatetags.languages import may_be_left_empty
from tests.factories.forums import make_forum, make_thread
from tests.factories.members import make_circle, make_member, make_moderator
from tests.factories.polls import make_poll, options_of

pytestmark = pytest.mark.django_db
ASKED = {"title": "Which footbridge?", "body": "We can mend one.", "tags": "", "language": "en"}
POLL = {"poll-question": "Which first?", "poll-options": "North\nMarket", "poll-results": "voted"}


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def page_of(thread: Thread) -> str:
    return f"/threads/{thread.pk}/{thread.slug}/"


def page(client: Client, thread: Thread) -> str:
    return client.get(page_of(thread)).content.decode()


def told(thread: Thread, audience: str) -> list[dict[str, Any]]:
    """What the thread's stream sends to all of one class, from its beginning."""
    things = changes(f"thread:{thread.pk}", 0, "en", audience)["things"]
    return [thing for thing in things if thing["id"].startswith("poll-")]


def test_a_poll_is_asked_with_its_thread_without_a_script() -> None:
    ana, forum = make_member("Ana"), make_forum("floods")

    answer = signed_in(ana).post("/forums/floods/new/", {**ASKED, **POLL, "token": "once"})

    thread = forum.threads.select_related("poll").get()
    assert answer.status_code == 302
    assert thread.poll and (thread.poll.question, thread.poll.results) == ("Which first?", "voted")
    assert [option.text for option in options_of(thread.poll)] == ["North", "Market"]


def test_the_same_submission_twice_makes_one_thread_and_one_poll() -> None:
    client, forum = signed_in(make_member("Ana")), make_forum("floods")

    for _ in range(2):
        client.post("/forums/floods/new/", {**ASKED, **POLL, "token": "once"})

    assert (forum.threads.count(), Poll.objects.count()) == (1, 1)


def test_a_wrong_poll_opens_no_thread_and_loses_nothing_that_was_typed() -> None:
    make_forum("floods")

    answer = signed_in(make_member("Ana")).post("/forums/floods/new/", {**ASKED, **POLL, "poll-options": "canary"})

    html = answer.content.decode()
    assert answer.status_code == 422
    assert not Thread.objects.exists()
    assert all(text in html for text in ("canary", "Which first?", "We can mend one."))
    assert re.search(r"<details[^>]* open", html)


def test_the_asker_adds_a_poll_and_changes_it_until_somebody_votes() -> None:
    ana = make_member("Ana")
    thread, client = make_thread(author=ana), signed_in(ana)
    address = f"/threads/{thread.pk}/poll/"

    client.post(address, POLL)
    client.post(address, {**POLL, "poll-question": "Which one first?"})
    poll = Poll.objects.get()
    vote_in_poll(thread, by=make_member("Cai"), option_ids=[options_of(poll)[0].pk])
    refused = client.post(address, {**POLL, "poll-question": "Which school?"})

    assert refused.status_code == 403
    assert Poll.objects.get().question == "Which one first?"


def test_only_the_asker_and_moderators_lead_a_threads_poll() -> None:
    thread = make_thread()
    cai = signed_in(make_member("Cai"))

    assert cai.post(f"/threads/{thread.pk}/poll/", POLL).status_code == 403
    assert Client().post(f"/threads/{thread.pk}/poll/", POLL).status_code == 302
    moderator = signed_in(make_moderator())
    assert moderator.post(f"/threads/{thread.pk}/poll/", POLL).status_code == 422
    assert moderator.post(f"/threads/{thread.pk}/poll/", POLL | {"reason": "To settle it."}).status_code == 302
    assert [(each.deed, each.reason) for each in Decision.objects.all()] == [("keep-poll", "To settle it.")]
    assert cai.post(f"/threads/{thread.pk}/poll/close/").status_code == 404
    assert Poll.objects.get().closed_at is None


def test_a_member_votes_by_the_form_and_finds_her_choice() -> None:
    cai, thread = make_member("Cai"), make_thread()
    poll = make_poll(thread)
    north, market, _ = options_of(poll)
    client = signed_in(cai)

    client.post(f"/threads/{thread.pk}/poll/vote/", {"option": north.pk})
    client.post(f"/threads/{thread.pk}/poll/vote/", {"option": market.pk})
    html = page(client, thread)

    assert Ballot.objects.get().option == market
    assert '<b dir="auto">Market</b>' in html
    assert "1 member has voted" in html
    assert "Change my vote" in html and "data-chosen" in html


def test_only_what_may_be_left_empty_is_called_optional() -> None:
    form = PollForm()

    assert [field.name for field in form if may_be_left_empty(field)] == [
        "question",
        "options",
        "is_multiple",
        "closes_at",
    ]


@pytest.mark.parametrize("chosen", [[], ["x"], ["999999"], "both"])
def test_no_choice_or_a_wrong_one_is_said_kindly_and_changes_nothing(chosen: Any) -> None:
    thread = make_thread()
    options = options_of(make_poll(thread))
    client = signed_in(make_member("Cai"))
    sent = {"option": [option.pk for option in options[:2]] if chosen == "both" else chosen}

    by_form = client.post(f"/threads/{thread.pk}/poll/vote/", sent, follow=True)
    by_script = client.post(f"/threads/{thread.pk}/poll/vote/", sent, headers={"Accept": "application/json"})

    assert 'class="notice' in by_form.content.decode()
    assert by_script.status_code == 422
    assert not Ballot.objects.exists()


def test_a_stranger_to_the_forum_finds_no_poll_and_has_no_vote() -> None:
    insider = make_member("Ana")
    forum = make_forum(audience=Audience.GROUP, circle=make_circle("coastal", insider))
    thread = make_thread(forum=forum, author=insider)
    option = options_of(make_poll(thread))[0]
    client = signed_in(make_member("Cai"))

    assert client.get(f"/threads/{thread.pk}/poll/reader/").status_code == 404
    assert client.post(f"/threads/{thread.pk}/poll/vote/", {"option": option.pk}).status_code == 404
    assert not Ballot.objects.exists()


def test_a_locked_thread_takes_no_votes() -> None:
    thread = make_thread()
    option = options_of(make_poll(thread))[0]
    lock_thread(thread, by=make_moderator(), reason="Settled.")

    answer = signed_in(make_member("Cai")).post(f"/threads/{thread.pk}/poll/vote/", {"option": option.pk})

    assert answer.status_code == 403
    assert not Ballot.objects.exists()


@pytest.mark.parametrize(
    ("results", "voter", "others", "after_closing"),
    [("always", True, True, True), ("voted", True, False, True), ("closed", False, False, True)],
)
def test_results_are_shown_to_whom_and_when_the_poll_says(
    results: str, voter: bool, others: bool, after_closing: bool
) -> None:
    ana, cai = make_member("Ana"), make_member("Cai")
    thread = make_thread(author=ana)
    poll = make_poll(thread, results=results)
    cast(poll, by=cai, option_ids=[options_of(poll)[0].pk])
    readers = {"voter": signed_in(cai), "asker": signed_in(ana), "moderator": signed_in(make_moderator())}
    readers["guest"] = Client()

    before = {name: "<b>100 %</b>" in page(client, thread) for name, client in readers.items()}
    shared = ["100 %" in told(thread, audience)[-1]["html"] for audience in ("guest", "member", "moderator")]
    close_thread_poll(thread, by=ana)
    after = {name: "<b>100 %</b>" in page(client, thread) for name, client in readers.items()}

    assert before == {"voter": voter, "asker": others, "moderator": others, "guest": others}
    assert shared == [others] * 3
    assert set(after.values()) == {after_closing}


def test_what_all_are_sent_holds_nothing_of_a_voter() -> None:
    cai, thread = make_member("Cai"), make_thread()
    poll = make_poll(thread)
    before = told(thread, "member")
    cast(poll, by=cai, option_ids=[options_of(poll)[0].pk])

    [after] = told(thread, "member")

    assert after["version"] == before[-1]["version"] + 1
    assert "checked" not in after["html"] and "Cai" not in after["html"] and "Your choice" not in after["html"]
    assert "Your choice" in signed_in(cai).get(f"/threads/{thread.pk}/poll/reader/").content.decode()


def test_a_guest_has_no_controls() -> None:
    thread = make_thread()
    make_poll(thread)

    html = page(Client(), thread)

    assert 'name="option"' not in html
    assert "csrfmiddlewaretoken" not in html


def test_a_vote_and_a_closing_end_the_kept_pages_of_the_thread() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana)
    poll = make_poll(thread)

    def head() -> int:
        return Stream.objects.get(name=f"thread:{thread.pk}").head

    heads = [head()]
    cast(poll, by=make_member("Cai"), option_ids=[options_of(poll)[0].pk])
    heads.append(head())
    close_thread_poll(thread, by=ana)
    heads.append(head())

    assert heads == sorted(set(heads))


def test_a_moderator_closes_anothers_poll_with_a_reason_and_opens_it_again() -> None:
    thread, dee = make_thread(), make_moderator()
    make_poll(thread, closes_at=timezone.now() + timedelta(days=1))
    client = signed_in(dee)

    client.post(f"/threads/{thread.pk}/decide/close-poll/", {"reason": "Loaded question."})
    closed = Poll.objects.get().closed_at
    client.post(f"/threads/{thread.pk}/decide/reopen-poll/", {"reason": "It was mended."})

    assert closed is not None
    assert Poll.objects.get().closed_at is None
    assert list(Decision.objects.order_by("pk").values_list("deed", flat=True)) == ["close-poll", "reopen-poll"]
    assert "Loaded question." in page(client, thread)
    assert Fact.objects.filter(name="poll_reopened").count() == 1


def test_the_asker_opens_her_poll_again_but_not_what_a_moderator_closed() -> None:
    ana, dee = make_member("Ana"), make_moderator()
    thread = make_thread(author=ana)
    make_poll(thread)
    client, opening = signed_in(ana), f"/threads/{thread.pk}/poll/reopen/"

    client.post(f"/threads/{thread.pk}/poll/close/")
    offered = opening in page(client, thread)
    client.post(opening)
    is_open = Poll.objects.get().closed_at is None
    close_thread_poll(thread, by=dee, reason="Loaded question.")

    assert (offered, is_open) == (True, True)
    assert client.post(opening).status_code == 403
    assert opening not in page(client, thread)


@pytest.mark.parametrize(("reader", "more"), [("guest", 2), ("member", 3)])
def test_a_poll_costs_a_page_two_queries_and_a_members_page_three(reader: str, more: int) -> None:
    without, with_poll = make_thread(), make_thread()
    make_poll(with_poll)
    client = Client() if reader == "guest" else signed_in(make_member("Cai"))

    counts = []
    for thread in (without, with_poll):
        page(client, thread)
        with CaptureQueriesContext(connection) as queries:
            page(client, thread)
        counts.append(len(queries))

    assert counts[1] - counts[0] == more
    assert counts[1] <= 15
