"""Who watches is told once, of what she may see; equal notices are one line."""

from typing import Any

import pytest
from django.test import Client
from django.utils import timezone

from community.facts.models import Delivery, Fact
from community.facts.worker import work_off
from community.following.actions import follow
from community.following.choices import Level
from community.members.models import Member
from community.notifications.models import Notice
from community.notifications.queries import notices_of, unread_count
from forums import actions
from forums.listeners import tell_watcher, tell_watchers
from forums.models import Thread
from tests.factories.forums import make_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_circle, make_city, make_member, make_moderator

pytestmark = pytest.mark.django_db


def told(member: Member) -> list[str]:
    work_off()
    return [each.text for each in notices_of(member).notices]


def standing_thread(*args: Any, **fields: Any) -> Thread:
    """One whose opening has been told."""
    thread = make_thread(*args, **fields)
    work_off()
    return thread


def watch(member: Member, kind: str, target_id: int, level: Level = Level.WATCHING) -> None:
    follow(member, kind=kind, target_id=target_id, level=level)


def test_a_new_post_is_told_to_those_who_watch_its_thread_forum_tag_or_city() -> None:
    city = make_city()
    thread = standing_thread(author=make_member("Cai", city=city), title="Drains", tags=["flood"])
    things = {
        "Thea": ("thread", thread.pk),
        "Fay": ("forum", thread.forum_id),
        "Tag": ("tag", thread.tags.get().pk),
        "Cita": ("city", city.pk),
    }
    watchers = {name: make_member(name) for name in things}
    for name, (kind, target_id) in things.items():
        watch(watchers[name], kind, target_id)

    make_post(thread, make_member("Bo"))

    for member in watchers.values():
        assert told(member) == ["Bo wrote in “Drains”."], member


def test_a_new_thread_is_told_with_why() -> None:
    ana, forum = make_member("Ana"), make_forum(title_en="Floods")
    watch(ana, "forum", forum.pk)

    make_thread(forum, make_member("Cai"), title="Drains")

    assert told(ana) == ["Cai opened “Drains”."]
    cause = notices_of(ana).notices[0].shown.cause
    assert cause is not None
    assert (cause.text, cause.url) == ("Because you watch “Floods”", f"/forums/{forum.slug}/")


def test_several_replies_not_yet_read_are_one_line_that_leads_to_the_first() -> None:
    ana, thread = make_member("Ana"), standing_thread(title="Drains")
    watch(ana, "thread", thread.pk)

    first, *_ = [make_post(thread, make_member("Bo")) for _ in range(3)]

    assert told(ana) == ["3 new replies in “Drains”."]
    assert unread_count(ana) == 1
    assert notices_of(ana).notices[0].shown.url == f"/posts/{first.pk}/"


def test_two_replies_to_her_are_one_line_as_well() -> None:
    ana = make_member("Ana")
    talk = standing_thread(author=ana, title="Drains")
    question = standing_thread(make_question_forum(), ana, title="How wide?")

    for thread in (talk, question):
        make_post(thread, make_member("Bo")), make_post(thread, make_member("Cai"))

    assert told(ana) == ["2 new answers to your question “How wide?”.", "2 new replies to you in “Drains”."]


def test_a_line_that_was_read_stays_one_line_and_what_comes_then_is_another() -> None:
    ana, thread = make_member("Ana"), standing_thread(title="Drains")
    watch(ana, "thread", thread.pk)
    make_post(thread), make_post(thread)
    work_off()
    client = Client()
    client.force_login(ana)

    client.post(f"/notifications/{notices_of(ana).notices[0].notice.pk}/")
    make_post(thread, make_member("Bo"))

    assert told(ana) == ["Bo wrote in “Drains”.", "2 new replies in “Drains”."]
    assert unread_count(ana) == 1


def test_a_line_counts_only_what_she_may_see_now() -> None:
    ana, dee, thread = make_member("Ana"), make_moderator(), standing_thread(title="Drains")
    watch(ana, "thread", thread.pk)
    posts = [make_post(thread, make_member("Bo")) for _ in range(3)]
    assert told(ana) == ["3 new replies in “Drains”."]

    actions.hide_post(posts[0], by=dee, reason="Spam.")
    assert [each.text for each in notices_of(ana).notices] == ["2 new replies in “Drains”."]  # before any delivery
    actions.hide_post(posts[2], by=dee, reason="Spam.")

    assert told(ana) == ["Bo wrote in “Drains”."]
    actions.hide_post(posts[1], by=dee, reason="Spam.")
    assert (told(ana), unread_count(ana)) == ([], 0)


def test_what_is_muted_is_not_told_but_a_mention_and_a_reply_to_her_are() -> None:
    ana = make_member("Ana", handle="ana")
    thread = standing_thread(author=ana, title="Drains")
    hers = make_post(thread, ana)
    watch(ana, "forum", thread.forum_id)
    watch(ana, "thread", thread.pk, Level.MUTED)

    make_post(thread, make_member("Bo"))
    assert told(ana) == []
    make_post(thread, make_member("Cai"), body="@ana, look.")
    make_post(thread, make_member("Eli"), reply_to=hers)

    assert told(ana) == ["Eli replied to you in “Drains”.", "Cai mentioned you in “Drains”."]


@pytest.mark.parametrize("level", [Level.NORMAL, Level.TRACKING])
def test_tracking_and_normal_bring_no_notice(level: Level) -> None:
    ana, thread = make_member("Ana"), standing_thread()
    watch(ana, "forum", thread.forum_id)
    watch(ana, "thread", thread.pk, level)

    make_post(thread, make_member("Bo"))

    assert told(ana) == []


def test_one_who_is_mentioned_or_wrote_it_herself_is_not_told_twice() -> None:
    ana, bo, thread = make_member("Ana", handle="ana"), make_member("Bo"), standing_thread(title="Drains")
    watch(ana, "thread", thread.pk), watch(bo, "thread", thread.pk)

    make_post(thread, bo, body="@ana?")

    assert told(ana) == ["Bo mentioned you in “Drains”."]
    assert told(bo) == []


def test_each_watcher_has_a_delivery_of_her_own() -> None:
    thread, watchers = standing_thread(), [make_member(name) for name in ("Ana", "Bo", "Eli")]
    for member in watchers:
        watch(member, "thread", thread.pk)
    make_post(thread, make_member("Cai"))

    tell_watchers(Fact.objects.get(name="post_added"))

    hand_made = Delivery.objects.filter(listener__endswith="tell_watcher")
    assert sorted(hand_made.values_list("recipient_id", flat=True)) == [member.pk for member in watchers]


def test_a_delivery_carried_out_again_and_again_tells_once() -> None:
    ana, thread = make_member("Ana"), standing_thread()
    watch(ana, "thread", thread.pk)
    make_post(thread, make_member("Cai"))
    work_off()
    fact = Fact.objects.get(name="post_added")

    for _ in range(2):  # as after a kill between the work and its mark
        Delivery.objects.filter(fact=fact).update(done_at=None, due_at=timezone.now(), attempts=0)
        work_off()
    tell_watcher(fact, ana.pk)

    assert Notice.objects.filter(member=ana).count() == 1


def closed_thread(*insiders: Member) -> Thread:
    return standing_thread(make_forum(audience="group", circle=make_circle("coastal", *insiders)), insiders[0])


def test_nobody_is_told_of_what_she_may_not_see_any_more_when_the_delivery_comes() -> None:
    ines, ana, dee = make_member("Ines"), make_member("Ana"), make_moderator()
    thread = closed_thread(ines, ana)
    moved, muted, hidden = standing_thread(), standing_thread(), standing_thread()
    for each in (thread, moved, muted, hidden):
        watch(ana, "thread", each.pk)
        post = make_post(each, ines)
    thread.forum.circle.people.remove(ana)
    actions.move_thread(moved, by=dee, to=make_forum(audience="group", circle=make_circle("other")), reason="Not open.")
    watch(ana, "thread", muted.pk, Level.MUTED)
    actions.hide_post(post, by=dee, reason="Spam.")

    assert told(ana) == []
    assert not Notice.objects.filter(member=ana, withdrawn_at=None).exists()


def test_the_page_of_notices_shows_the_unread_only_where_asked() -> None:
    ana, one, other = make_member("Ana"), standing_thread(title="Drains"), standing_thread(title="Pumps")
    watch(ana, "thread", one.pk), watch(ana, "thread", other.pk)
    make_post(one)
    work_off()
    client = Client()
    client.force_login(ana)
    client.post("/notifications/read/")
    make_post(other)
    work_off()

    everything, unread = (client.get(f"/notifications/{query}").content.decode() for query in ("", "?show=unread"))

    assert "Drains" in everything
    assert "Pumps" in everything
    assert "Drains" not in unread
    assert "Pumps" in unread
    assert "Because you watch this thread" in unread
    client.post("/notifications/read/")
    assert "You have read all notices." in client.get("/notifications/?show=unread").content.decode()
