"""Trust grows by itself and is told kindly; it falls only after decisions against."""

from datetime import timedelta
from typing import Any

import pytest
import time_machine
from django.test import Client
from django.utils import timezone

from community.facts.models import Delivery
from community.members.actions import open_account
from community.members.choices import Trust
from community.members.models import Member
from community.moderation.actions import fix_trust, lift_silence, review_trust
from community.moderation.choices import NEEDS, Needs
from community.moderation.ports import PORTS
from community.moderation.queries.trust import Standing, decisions_against, earned
from community.notifications.queries import notices_of, unread_count
from forums import actions
from forums.actions.reading import mark_read
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_post, make_thread
from tests.factories.members import make_member, make_moderator, make_newcomer
from tests.factories.moderation import decided, make_report

pytestmark = pytest.mark.django_db


def level(member: Member) -> Trust:
    return Trust(Member.objects.get(pk=member.pk).trust)


def reads(member: Member, *, threads: int, posts: int) -> None:
    """She reads so many threads with so many posts in all."""
    writer = make_member("Bo")
    for number in range(threads):
        thread = make_thread(author=writer)
        for _ in range(posts // threads - 1 + (number < posts % threads)):
            make_post(thread, writer)
        thread.refresh_from_db()
        mark_read(thread, member=member, up_to=thread.last_post_id)


def standing(needs: Needs, **less: int) -> Standing:
    fields: dict[str, Any] = {name: getattr(needs, name) for name in ("days", "threads_read", "posts_read", "helpful")}
    return Standing(**{**fields, "against": 0, **less})


@pytest.mark.parametrize("which", list(NEEDS))
@pytest.mark.parametrize("lacking", ["days", "threads_read", "posts_read", "helpful"])
def test_a_level_takes_all_that_it_needs(which: Trust, lacking: str) -> None:
    needs = NEEDS[which]
    value = getattr(needs, lacking)

    assert earned(standing(needs)) == which
    if value:
        assert earned(standing(needs, **{lacking: value - 1})) < which
    assert earned(standing(needs, against=needs.against_most + 1)) < which


def test_a_newcomer_who_reads_becomes_a_member_after_some_days_and_is_told() -> None:
    nia = make_newcomer(joined_at=timezone.now() - timedelta(days=3))
    reads(nia, threads=5, posts=30)

    review_trust(nia.pk)
    deliver_all()

    nia.refresh_from_db()
    assert nia.trust == Trust.MEMBER
    assert "no longer new" in next(each.shown.text for each in notices_of(nia).notices)


def test_trust_is_looked_at_every_day_by_the_worker_and_never_in_a_request() -> None:
    nia = open_account(email="nia@city.example", name="Nia", password="!", language="en", zone="UTC")
    deliver_all()
    waiting = {each.listener.rpartition(".")[2]: each.due_at for each in Delivery.objects.filter(done_at=None)}
    assert waiting.keys() == {"look_at_trust", "look_again_tomorrow"}
    assert all(due_at > timezone.now() + timedelta(hours=23) for due_at in waiting.values())

    with time_machine.travel(timezone.now() + timedelta(days=3), tick=False):
        reads(nia, threads=5, posts=30)
        client = Client()
        client.force_login(nia)
        client.get("/forums/")
        assert level(nia) == Trust.NEW
        deliver_all()

    assert level(nia) == Trust.MEMBER
    assert Delivery.objects.filter(done_at=None, listener__contains="look_at_trust").count() == 1


def test_trust_does_not_fall_because_somebody_was_away() -> None:
    ana = make_member("Ana")

    assert review_trust(ana.pk) == Trust.TRUSTED


def test_trust_falls_by_a_level_after_two_decisions_against_and_is_told() -> None:
    cai, dee, thread = make_member("Cai"), make_moderator(), make_thread()
    first, second = make_post(thread, cai), make_post(thread, cai)

    actions.hide_post(first, by=dee, reason="It sells.")
    deliver_all()
    assert level(cai) == Trust.TRUSTED
    actions.hide_post(second, by=dee, reason="It sells too.")
    deliver_all()

    assert level(cai) == Trust.REGULAR
    assert any("your level is now" in each.shown.text for each in notices_of(cai).notices)


def test_a_level_that_she_has_lost_again_is_neither_told_nor_counted_as_unread() -> None:
    cai, dee = make_member("Cai", trust=Trust.REGULAR), make_moderator()
    fix_trust(cai, to=Trust.TRUSTED, by=dee, reason="Known.")
    deliver_all()
    told = unread_count(cai)
    fix_trust(cai, to=Trust.MEMBER, by=dee, reason="Not so well known.")
    deliver_all()

    assert told == 1
    assert unread_count(cai) == len(notices_of(Member.objects.get(pk=cai.pk), unread_only=True).notices) == 1


def test_a_decision_taken_back_does_not_count_against() -> None:
    cai, dee, thread = make_member("Cai"), make_moderator(), make_thread()
    first, second = make_post(thread, cai), make_post(thread, cai)
    actions.hide_post(first, by=dee, reason="It sells.")
    actions.restore_post(first, by=dee, reason="It does not.")

    actions.hide_post(second, by=dee, reason="It sells.")
    deliver_all()

    assert level(cai) == Trust.TRUSTED


def test_two_decisions_that_are_heard_of_together_let_her_fall_once() -> None:
    cai, dee, thread = make_member("Cai"), make_moderator(), make_thread()
    for _ in range(2):
        actions.hide_post(make_post(thread, cai), by=dee, reason="It sells.")

    deliver_all()

    assert level(cai) == Trust.REGULAR


def test_a_third_decision_that_was_taken_back_meanwhile_lets_nobody_fall_again() -> None:
    cai, dee, thread = make_member("Cai"), make_moderator(), make_thread()
    posts = [make_post(thread, cai) for _ in range(3)]
    for post in posts:
        actions.hide_post(post, by=dee, reason="It sells.")
    actions.restore_post(posts[2], by=dee, reason="It does not.")

    deliver_all()

    assert level(cai) == Trust.REGULAR


def test_a_warning_is_not_taken_back_by_showing_the_post_again_but_by_its_own_inverse() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    post = make_post(make_thread(), cai)
    decided(make_report(post).item, "warn", by=dee)
    actions.hide_post(post, by=dee, reason="It sells.")

    actions.restore_post(post, by=dee, reason="It does not.")
    assert [each.deed for each in decisions_against(cai)] == ["warn"]
    decided(make_report(post).item, "unwarn", by=dee)

    assert not decisions_against(cai).exists()


def test_a_pause_that_is_over_still_counts_when_a_later_one_is_lifted() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    with time_machine.travel(timezone.now() - timedelta(days=9), tick=False):
        first = decided(make_report(make_post(make_thread(), cai)).item, "silence", by=dee, days=1)
    cai.refresh_from_db()
    post = make_post(make_thread(), cai)
    decided(make_report(post).item, "silence", by=dee, days=1)
    cai.refresh_from_db()

    lift_silence(cai, by=dee, reason="Talked about it.")

    assert list(decisions_against(cai)) == [first]


def test_one_look_that_fails_is_not_the_last(monkeypatch: pytest.MonkeyPatch) -> None:
    nia = open_account(email="nia@city.example", name="Nia", password="!", language="en", zone="UTC")
    deliver_all()

    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1), tick=False) as clock:
        monkeypatch.setattr(PORTS, "activities", [lambda member_id: 1 // 0])
        deliver_all()
        monkeypatch.undo()
        Delivery.objects.filter(listener__endswith="look_at_trust", attempts__gt=0).update(parked_at=timezone.now())
        clock.shift(timedelta(days=3))
        reads(nia, threads=5, posts=30)
        deliver_all()

    assert level(nia) == Trust.MEMBER


def test_a_level_set_by_hand_stays() -> None:
    nia, dee = make_newcomer(), make_moderator()

    fix_trust(nia, to=Trust.REGULAR, by=dee, reason="Known from the programme.")
    review_trust(nia.pk)

    assert level(nia) == Trust.REGULAR


def test_a_moderator_sets_a_level_on_her_page_and_a_member_cannot() -> None:
    nia, dee, cai = make_newcomer(), Client(), Client()
    dee.force_login(make_moderator())
    cai.force_login(make_member("Cai"))
    sent = {"set": "1", "to": "2", "is_fixed": "on", "reason": "Known from the programme."}

    assert cai.post(f"/moderation/members/{nia.handle}/", sent).status_code == 403
    assert level(nia) == Trust.NEW
    assert dee.get(f"/moderation/members/{nia.handle}/").status_code == 200
    assert dee.post(f"/moderation/members/{nia.handle}/", sent).status_code == 302
    assert level(nia) == Trust.REGULAR


def test_a_member_reads_what_comes_next() -> None:
    client = Client()
    client.force_login(nia := make_newcomer())

    standing_page = client.get("/moderation/standing/").content.decode()

    assert "What comes next: Member" in standing_page and "/ 30" in standing_page
    assert "New member" in client.get(f"/members/{nia.handle}/").content.decode()
    assert "New member" not in Client().get(f"/members/{nia.handle}/").content.decode()
