"""A member asks moderators to look at something."""

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from community.members.models import Member
from community.members.rulings import NotAllowed
from community.moderation.actions import report, withdraw_report
from community.moderation.choices import REPORTS_AN_HOUR, State
from community.moderation.models import Report, ReviewItem
from community.moderation.ports import PORTS
from community.notifications.queries import notices_of
from tests.factories.deliveries import deliver_all
from tests.factories.forums import make_members_forum, make_post, make_thread
from tests.factories.members import make_member, make_moderator
from tests.factories.moderation import decided, make_report

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_several_reports_on_one_post_are_one_thing_to_review() -> None:
    post = make_post(make_thread())

    first, second = make_report(post), make_report(post, note="And rude.")

    assert first.item_id == second.item_id
    assert ReviewItem.objects.get().reports.count() == 2


def test_reporting_twice_is_reporting_once() -> None:
    post, rui = make_post(make_thread()), make_member("Rui")

    assert make_report(post, rui) == make_report(post, rui, reason="unkind")
    assert Report.objects.get().reason == "spam"


def test_the_database_lets_one_item_a_thing_be_open() -> None:
    item = make_report(make_post(make_thread())).item

    with pytest.raises(IntegrityError), transaction.atomic():
        ReviewItem.objects.create(kind="post", target_id=item.target_id, language="en", cause="report")


def test_what_was_decided_may_be_reported_by_others_again() -> None:
    post, dee = make_post(make_thread()), make_moderator()
    decided(make_report(post).item, "dismiss", by=dee)

    again = make_report(post)

    assert again.item.is_open
    assert ReviewItem.objects.count() == 2


@pytest.mark.parametrize("who", ["its author", "a silenced member"])
def test_some_may_not_report(who: str) -> None:
    ana, cai = make_member("Ana"), make_member("Cai")
    post = make_post(make_thread(author=ana), ana)
    if who == "a silenced member":
        item = make_report(make_post(make_thread(), cai)).item
        decided(item, "silence", by=make_moderator(), days=1)
        cai.refresh_from_db()

    with pytest.raises(NotAllowed):
        make_report(post, ana if who == "its author" else cai)

    assert not Report.objects.filter(reporter__in=[ana, cai]).exists()


def test_reports_have_a_limit_an_hour() -> None:
    rui, thread = make_member("Rui"), make_thread()
    for _ in range(REPORTS_AN_HOUR):
        make_report(make_post(thread), rui)

    with pytest.raises(NotAllowed):
        make_report(make_post(thread), rui)


def test_reports_that_are_taken_back_count_too() -> None:
    rui, post = make_member("Rui"), make_post(make_thread())
    for _ in range(REPORTS_AN_HOUR):
        withdraw_report(make_report(post, rui), by=rui)

    with pytest.raises(NotAllowed):
        make_report(post, rui)


def test_a_report_taken_back_leaves_nothing_to_review_and_others_stay() -> None:
    post, rui = make_post(make_thread()), make_member("Rui")
    mine, other = make_report(post, rui), make_report(post)

    withdraw_report(mine, by=rui)
    assert ReviewItem.objects.get().state == State.OPEN
    withdraw_report(other, by=other.reporter)

    assert ReviewItem.objects.get().state == State.WITHDRAWN


def test_a_decided_report_cannot_be_taken_back() -> None:
    rui = make_member("Rui")
    made = make_report(make_post(make_thread()), rui)
    decided(made.item, "dismiss", by=make_moderator())

    with pytest.raises(NotAllowed):
        withdraw_report(made, by=rui)


def test_who_reported_is_told_that_it_was_decided_and_not_what() -> None:
    rui, dee, post = make_member("Rui"), make_moderator(), make_post(make_thread())
    decided(make_report(post, rui).item, "hide", by=dee, reason="canary-reason")

    deliver_all()

    [told] = [each.shown for each in notices_of(rui).notices]
    assert "Thank you" in told.text
    assert "canary" not in signed_in(rui).get(told.url).content.decode()


def test_the_whole_way_works_by_forms_alone() -> None:
    rui, post = signed_in(make_member("Rui")), make_post(make_thread())
    page = f"/threads/{post.thread_id}/{post.thread.slug}/"
    assert f'href="/moderation/report/post/{post.pk}/"' in rui.get(page).content.decode()

    empty = rui.post(f"/moderation/report/post/{post.pk}/", {"note": "Kept"})
    sent = rui.post(f"/moderation/report/post/{post.pk}/", {"reason": "spam", "note": "Sells pumps."})
    thanks = rui.get(sent["Location"])
    taken_back = rui.post(f"{sent['Location']}withdraw/")

    assert (empty.status_code, "Kept" in empty.content.decode()) == (422, True)
    assert "Thank you" in thanks.content.decode()
    assert taken_back.status_code == 302
    assert not Report.objects.exists()


def test_what_one_does_not_see_one_cannot_report_and_a_guest_signs_in_first() -> None:
    closed = make_post(make_thread(make_members_forum()))
    guest = Client()

    assert guest.get(f"/moderation/report/post/{closed.pk}/").status_code == 404
    assert guest.get(f"/moderation/report/post/{make_post(make_thread()).pk}/").status_code == 302
    assert signed_in(make_member()).get("/moderation/report/nothing/1/").status_code == 404


def test_somebody_elses_report_is_nobodys_business() -> None:
    made = make_report(make_post(make_thread()), note="canary-note")

    assert signed_in(make_member("Cai")).get(f"/moderation/reports/{made.pk}/").status_code == 404


def test_a_members_page_can_be_reported() -> None:
    cai = make_member("Cai", about="canary")

    report(cai, kind=PORTS.moderated["member"], by=make_member("Rui"), reason="unkind")

    assert ReviewItem.objects.get().author == cai


def test_who_reports_or_reviews_a_member_reads_no_more_of_her_than_she_shows() -> None:
    cai, rui = make_member("Cai", about="canary-about", shown={"about": "nobody"}), make_member("Rui")
    page = signed_in(rui).get(f"/moderation/report/member/{cai.pk}/")
    made = report(cai, kind=PORTS.moderated["member"], by=rui, reason="unkind")
    dee = signed_in(make_moderator())

    pages = [page, dee.get("/moderation/"), dee.get(f"/moderation/items/{made.item_id}/")]

    assert [each.status_code for each in pages] == [200, 200, 200]
    assert not any("canary" in each.content.decode() for each in pages)


def test_a_guests_thread_has_no_report_link() -> None:
    post = make_post(make_thread())

    assert "/moderation/report/" not in Client().get(f"/threads/{post.thread_id}/{post.thread.slug}/").content.decode()
