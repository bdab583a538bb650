"""The versions of a post: what each changed, and one that a moderator hid."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.models import Member
from community.members.rulings import NotAllowed
from community.moderation.models import Decision
from community.notifications.queries import notices_of
from forums.actions import edit_post, hide_post, hide_revision, restore_revision
from forums.choices import Audience
from forums.models import Post, Revision, Thread
from forums.queries import history_of
from tests.factories.deliveries import deliver_all
from tests.factories.exchanges import make_citizen, make_exchange
from tests.factories.forums import make_forum, make_post, make_thread, opening_of
from tests.factories.members import make_circle, make_member, make_moderator

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def edited(post: Post, *bodies: str, reason: str = "") -> Post:
    """By its author, once for each text."""
    assert post.author is not None
    for body in bodies:
        post = edit_post(post, by=post.author, body=body, reason=reason)
    return Post.objects.select_related("thread__forum", "answer", "author").get(pk=post.pk)


def history(client: Client, post: Post) -> str:
    return client.get(f"/posts/{post.pk}/history/").content.decode()


def test_each_version_says_who_when_why_and_what_changed_the_newest_first() -> None:
    post = make_post(make_thread(), body="Two pumps.")
    edited(post, "Three pumps.", reason="Counted again.")

    html = history(Client(), post)

    assert html.index("<del>Two</del><ins>Three</ins> pumps.") < html.index("Two pumps.</div>")
    assert "Counted again." in html
    assert html.count('href="/members/cai/"') == 2


def test_the_mark_of_an_edited_post_leads_to_its_history(client: Client) -> None:
    thread = make_thread()
    post = edited(make_post(thread), "Another text.")

    html = client.get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()

    assert f'href="/posts/{post.pk}/history/"' in html


def test_a_changed_title_stands_above_the_text_of_each_version() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana, title="Drains", body="Why?")
    opening = opening_of(thread)
    edit_post(opening, by=ana, body="Why?", title="Blocked drains")
    edit_post(opening_of(thread), by=ana, body="Why now?")

    versions = history_of(ana, opening_of(thread), page=1).versions

    assert [version.title for version in versions] == ["Blocked drains", "Blocked drains", "Drains"]
    assert [version.title_diff for version in versions] == [None, "<del>Drains</del><ins>Blocked drains</ins>", None]


def test_what_members_wrote_is_escaped() -> None:
    post = edited(make_post(make_thread(), body="<script>alert(1)</script>"), "<img src=x onerror=alert(1)>")

    html = history(Client(), post)

    assert "<script>alert" not in html
    assert "<img" not in html


def test_a_hidden_version_and_what_it_had_alone_are_on_no_page_of_others() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    post = make_post(make_thread(), author=cai, body="Call me.")
    post = edited(post, "Call me at canary-555.", reason="canary reason")
    post = edited(post, "Call me at the office.", reason="Took the number out.")
    hide_revision(post.revisions.latest("pk"), by=dee, reason="A telephone number.")

    pages = [history(client, post) for client in (Client(), signed_in(make_member("Bo")))]

    for html in pages:
        assert "canary" not in html
        assert "Hidden by a moderator" in html
        assert "Call me<ins> at the office</ins>." in html  # compared with the one before
        assert "Took the number out." in html


def test_its_author_and_moderators_read_a_hidden_version_with_its_mark() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    post = edited(make_post(make_thread(), author=cai, body="canary-556"), "Nothing.")
    hide_revision(post.revisions.get(), by=dee, reason="A telephone number.")

    for reader in (cai, dee):
        html = history(signed_in(reader), post)

        assert "canary-556" in html
        assert "Hidden by a moderator" in html


def test_a_hidden_version_is_shown_again_and_both_decisions_are_kept() -> None:
    dee, post = make_moderator(), edited(make_post(make_thread(), body="Sandbags."), "Sand.")
    revision = post.revisions.get()

    hide_revision(revision, by=dee, reason="A name.", category="personal")
    hide_revision(revision, by=dee, reason="Twice is once.")
    restore_revision(revision, by=dee, reason="It was no name.")

    assert Revision.objects.get().hidden_at is None
    assert list(Decision.objects.order_by("pk").values_list("deed", "reason", "category", "concerns")) == [
        ("hide-version", "A name.", "personal", post.author_id),
        ("restore-version", "It was no name.", "", post.author_id),
    ]
    deliver_all()
    assert any("earlier version" in each.shown.text for each in notices_of(post.author).notices)
    thread = signed_in(dee).get(f"/threads/{post.thread_id}/{post.thread.slug}/").content.decode()
    assert "Earlier version hidden" in thread


def test_only_moderators_hide_versions() -> None:
    cai = make_member("Cai")
    post = edited(make_post(make_thread(), author=cai), "Another.")
    address = f"/posts/{post.pk}/history/{post.revisions.get().pk}/hide/"

    with pytest.raises(NotAllowed):
        hide_revision(post.revisions.get(), by=cai, reason="Mine.")

    assert signed_in(cai).post(address, {"reason": "Mine."}).status_code == 403
    assert Client().post(address, {"reason": "Mine."}).status_code == 302
    assert signed_in(make_moderator()).post(address, {"reason": ""}).status_code == 422
    assert Revision.objects.get().hidden_at is None


def test_the_history_is_where_the_post_is() -> None:
    insider = make_member("Ana")
    forum = make_forum(audience=Audience.GROUP, circle=make_circle("coastal", insider))
    closed = edited(make_post(make_thread(forum=forum, author=insider), author=insider), "canary-557")
    hidden = edited(make_post(make_thread()), "canary-558")
    hide_post(hidden, by=make_moderator(), reason="Advertising.")
    stranger = signed_in(make_member("Bo"))

    for post in (closed, hidden):
        assert stranger.get(f"/posts/{post.pk}/history/").status_code == 404
    assert "canary-557" in history(signed_in(insider), closed)


def test_another_posts_version_is_not_found_under_this_one() -> None:
    dee = make_moderator()
    post, other = (edited(make_post(make_thread()), "Another.") for _ in range(2))

    answer = signed_in(dee).get(f"/posts/{post.pk}/history/{other.revisions.get().pk}/hide/")

    assert answer.status_code == 404


def test_many_versions_stand_on_pages_and_each_is_compared_with_the_one_before() -> None:
    post = edited(make_post(make_thread(), body="text 0"), *(f"text {number}" for number in range(1, 13)))

    first, second = (history_of(make_member("Bo"), post, page=page) for page in (1, 2))

    assert [version.number for version in first.versions] == list(range(13, 3, -1))
    assert [version.number for version in second.versions] == [3, 2, 1]
    assert first.versions[-1].body_diff == "text <del>2</del><ins>3</ins>"
    assert [version.body_diff for version in second.versions][-1] is None


@pytest.mark.parametrize("audience", ["guests", "group", "parties"])
def test_the_history_costs_the_same_with_one_edit_and_with_three(audience: str) -> None:
    ana, thread = a_thread_for(audience)
    client = signed_in(ana) if audience != "guests" else Client()
    one, three = edited(make_post(thread, ana), "B"), edited(make_post(thread, ana), "B", "C", "D")
    history(client, one)

    counts = []
    for post in (one, three):
        with CaptureQueriesContext(connection) as queries:
            history(client, post)
        counts.append(len(queries))

    assert counts[0] == counts[1] <= (8 if audience == "guests" else 11)


def a_thread_for(audience: str) -> tuple[Member, Thread]:
    ana = make_citizen("Ana")
    if audience == "parties":
        return ana, make_exchange(ana).thread
    circle = make_circle("coastal", ana) if audience == "group" else None
    return ana, make_thread(make_forum("f", audience=audience, circle=circle), ana)
