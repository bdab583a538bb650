"""What came of a thread, pinned at its head."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.live.streams import changes
from community.members.models import Member
from community.moderation.models import Decision
from forums.actions import hide_post, lock_thread, pin_summary, take_off_summary
from forums.models import Summary, Thread
from tests.factories.forums import make_post, make_thread
from tests.factories.members import make_member, make_moderator

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def page(client: Client, thread: Thread, prefix: str = "") -> str:
    return client.get(f"{prefix}/threads/{thread.pk}/{thread.slug}/").content.decode()


def test_the_asker_pins_a_summary_and_everybody_reads_it_with_her_name() -> None:
    ana = make_member("Ana Paredes")
    thread = make_thread(author=ana)

    signed_in(ana).post(f"/threads/{thread.pk}/summary/", {"body": "Clean the **grids** first.", "language": "en"})

    html = page(Client(), thread)
    assert "Clean the <strong>grids</strong> first." in html
    assert "Pinned by" in html and "Ana Paredes" in html


@pytest.mark.parametrize("written", ["[there](#post-{0})", "[there](/posts/{0}/)", "#post-{0}", "See /posts/{0}/."])
def test_it_leads_to_posts_however_they_are_named_in_the_readers_language(written: str) -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana)
    post = make_post(thread, author=make_member("Cai Lindqvist"))

    pin_summary(thread, by=ana, body=written.format(post.pk))
    html = page(Client(), thread, "/es")

    [head] = html.split('class="summary"')[1].split("</section>")[:1]
    assert head.count(f'href="/es/posts/{post.pk}/"') == 2  # in the text, and below it with its author
    assert "Cai Lindqvist" in head


def test_a_hidden_post_and_one_of_another_thread_are_not_listed_below() -> None:
    ana, cai = make_member("Ana"), make_member("Cai canary")
    thread, other = make_thread(author=ana), make_thread()
    hidden, elsewhere = make_post(thread, author=cai), make_post(other, author=cai)
    hide_post(hidden, by=make_moderator(), reason="Advertising.")

    pin_summary(thread, by=ana, body=f"#post-{hidden.pk} and #post-{elsewhere.pk}")

    assert "canary" not in page(Client(), thread)


def test_open_pages_hear_of_a_summary_in_the_head() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana)

    pin_summary(thread, by=ana, body="canary-first")
    [first] = [thing["html"] for thing in changes(f"thread:{thread.pk}", 0, "en", "guest")["things"]][-1:]
    take_off_summary(thread, by=ana)
    [then] = [thing["html"] for thing in changes(f"thread:{thread.pk}", 0, "en", "guest")["things"]][-1:]

    assert "canary-first" in first
    assert "canary-first" not in then


def test_the_head_follows_a_member_who_is_renamed() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana)
    pin_summary(thread, by=ana, body="Grids first.")
    page(Client(), thread)

    Member.objects.filter(pk=ana.pk).update(name="Ana Paredes Vega", version=ana.version + 1)

    assert "Ana Paredes Vega" in page(Client(), thread)


def test_what_was_taken_off_is_there_for_who_pins_it_again() -> None:
    ana = make_member("Ana")
    thread, client = make_thread(author=ana), signed_in(ana)
    pin_summary(thread, by=ana, body="canary-559")

    client.post(f"/threads/{thread.pk}/summary/off/")

    assert "canary-559" not in page(Client(), thread)
    assert "canary-559" in client.get(f"/threads/{thread.pk}/summary/").content.decode()
    assert not Decision.objects.exists()


def test_a_moderator_takes_anothers_summary_off_with_a_reason() -> None:
    ana, dee = make_member("Ana"), make_moderator()
    thread, client = make_thread(author=ana), signed_in(dee)
    pin_summary(thread, by=ana, body="Buy from us.")

    asked = client.post(f"/threads/{thread.pk}/summary/off/")
    client.post(f"/threads/{thread.pk}/decide/take-off-summary/", {"reason": "Advertising."})

    assert asked.headers["Location"].endswith("/decide/take-off-summary/")
    assert not Thread.objects.get().has_summary
    assert Decision.objects.get().deed == "take-off-summary"


def test_a_moderator_pins_a_summary_in_anothers_thread_with_a_reason_and_it_is_kept() -> None:
    thread, client = make_thread(), Client()
    client.force_login(make_moderator())
    address = f"/threads/{thread.pk}/summary/"

    without = client.post(address, {"body": "Grids first.", "reason": ""})
    kept = Decision.objects.exists()
    given = client.post(address, {"body": "Grids first.", "reason": "Many ask this."})

    assert (without.status_code, kept, given.status_code) == (422, False, 302)
    assert "Grids first." in without.content.decode()
    assert [(each.deed, each.reason) for each in Decision.objects.all()] == [("pin-summary", "Many ask this.")]


def test_others_cannot_and_in_a_locked_thread_only_moderators_can() -> None:
    ana, dee = make_member("Ana"), make_moderator()
    thread = make_thread(author=ana)
    address, written = f"/threads/{thread.pk}/summary/", {"body": "Grids.", "language": "en"}

    assert signed_in(make_member("Cai")).post(address, written).status_code == 403
    assert Client().post(address, written).status_code == 302
    lock_thread(thread, by=dee, reason="Settled.")
    assert signed_in(ana).post(address, written).status_code == 403
    assert not Summary.objects.exists()
    assert signed_in(dee).post(address, written | {"reason": "Settled."}).status_code == 302
    assert Summary.objects.get().by == dee


def test_an_empty_or_too_long_summary_is_refused_beside_its_field() -> None:
    ana = make_member("Ana")
    client, thread = signed_in(ana), make_thread(author=ana)

    for body in ("", "x" * 4001):
        answer = client.post(f"/threads/{thread.pk}/summary/", {"body": body, "language": "en"})
        assert answer.status_code == 422
    assert "x" * 4001 in answer.content.decode()


def test_a_summary_costs_two_queries() -> None:
    ana = make_member("Ana")
    without, summed = make_thread(author=ana), make_thread(author=ana)
    posts = [make_post(summed, author=make_member("Cai")) for _ in range(3)]
    pin_summary(summed, by=ana, body=" ".join(f"#post-{post.pk}" for post in posts))

    counts = []
    for thread in (without, summed):
        page(Client(), thread)
        with CaptureQueriesContext(connection) as queries:
            page(Client(), thread)
        counts.append(len(queries))

    assert counts[1] - counts[0] == 2
