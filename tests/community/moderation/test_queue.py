"""What waits for moderators: who sees what of it, and what happens when two decide at once."""

from datetime import timedelta

import pytest
import time_machine
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from community.coalition.actions import decline_city, welcome_city
from community.facts.models import StreamEntry
from community.members.models import Member
from community.members.rulings import NotAllowed
from community.moderation.actions import Outdated, claim, release, report
from community.moderation.choices import State
from community.moderation.models import Decision, ReviewItem
from community.moderation.ports import PORTS
from community.moderation.queries import review_count
from community.moderation.rules import can_review, reviewable_items
from community.moderation.streams import waiting
from forums.actions import edit_post, hide_post, hide_revision, move_thread, pin_thread
from forums.models import Post
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_administrator, make_circle, make_member, make_moderator
from tests.factories.moderation import decided, make_report
from tests.factories.wishes import make_wish

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def test_a_forums_moderator_sees_nothing_of_another_forum_on_any_surface() -> None:
    fay = make_member("Fay")
    hers, other = make_forum("hers", moderators=[fay]), make_forum("canary-forum")
    mine = make_report(make_post(make_thread(hers), body="Mine to see.")).item
    post = make_post(make_thread(other), body="canary-body")
    foreign = make_report(post, note="canary-note").item
    client = signed_in(fay)

    queue = client.get("/moderation/").content.decode()

    assert "Mine to see." in queue and "canary" not in queue
    assert client.get(f"/moderation/items/{foreign.pk}/").status_code == 404
    assert client.post(f"/moderation/items/{foreign.pk}/claim/").status_code == 404
    assert client.post(f"/moderation/items/{foreign.pk}/", {"deed": "dismiss", "version": 2}).status_code == 404
    assert review_count(fay) == 1
    assert waiting(fay.pk, "en", "herself")[0].data == {"waiting": 1, "newest": [mine.pk]}
    told = StreamEntry.objects.filter(stream=f"member:{fay.pk}", fact__name__startswith="review_item")
    assert {entry.fact.ids["item_id"] for entry in told.select_related("fact")} == {mine.pk}


def test_what_may_be_reviewed_is_what_is_listed_for_every_role() -> None:
    ana, fay = make_member("Ana"), make_member("Fay")
    forum = make_forum(moderators=[fay])
    viewers = [make_member("Cai"), fay, ana, make_moderator(), make_administrator()]
    for author in (ana, fay, viewers[3]):
        for place in (forum, make_forum()):
            make_report(make_post(make_thread(place), author))

    for viewer in viewers:
        listed = set(reviewable_items(viewer))
        assert listed == {item for item in ReviewItem.objects.all() if can_review(viewer, item)}
        assert all(item.author_id != viewer.pk for item in listed)
    assert [reviewable_items(viewer).count() for viewer in viewers] == [0, 2, 0, 4, 6]


def test_members_who_moderate_nothing_have_no_queue() -> None:
    cai = signed_in(make_member("Cai"))

    assert cai.get("/moderation/").status_code == 403
    assert "data-reviews" not in cai.get("/forums/").content.decode()
    assert Client().get("/moderation/").status_code == 302


def test_the_count_stands_in_the_masthead_of_moderators() -> None:
    fay = make_member("Fay")
    make_report(make_post(make_thread(make_forum(moderators=[fay]))))

    page = signed_in(fay).get("/cities/")

    assert "data-reviews" in page.content.decode()
    assert page.context["waiting"]().reviews == 1


def test_the_oldest_stands_first_and_filters_narrow() -> None:
    dee, forum = make_moderator(), make_forum("heat")
    late = make_report(make_post(make_thread(forum), body="Late one.", language="es")).item
    early = make_report(make_post(make_thread(), body="Early one.")).item
    ReviewItem.objects.filter(pk=early.pk).update(opened_at=timezone.now() - timedelta(days=3))
    client = signed_in(dee)

    html = client.get("/moderation/").content.decode()
    by_forum = client.get(f"/moderation/?scope=forum:{forum.pk}").content.decode()
    by_language = client.get("/moderation/?language=es&kind=post").content.decode()

    assert html.index("Early one.") < html.index("Late one.")
    assert "Early one." not in by_forum and "Late one." in by_forum
    assert "Early one." not in by_language and "Late one." in by_language
    assert late.pk > 0


def test_the_queue_asks_as_much_for_one_as_for_three() -> None:
    client = signed_in(make_moderator())
    counts = []
    for more in (1, 2):
        for _ in range(more):
            make_report(make_post(make_thread()))
        client.get("/moderation/")
        with CaptureQueriesContext(connection) as queries:
            assert client.get("/moderation/").status_code == 200
        counts.append(len(queries))

    assert counts[0] == counts[1] <= 12


def test_others_see_who_is_looking_until_the_time_is_over() -> None:
    dee, mo = make_moderator(), make_moderator("Mo")
    item = make_report(make_post(make_thread())).item
    claim(item, by=dee)

    with pytest.raises(NotAllowed):
        claim(item, by=mo)
    assert "Dee is looking at it" in signed_in(mo).get("/moderation/").content.decode()
    with time_machine.travel(timezone.now() + timedelta(minutes=31), tick=False):
        assert claim(item, by=mo).claimed_by == mo
        release(item, by=mo)

    assert not ReviewItem.objects.get().is_claimed


def test_of_two_who_decide_at_once_the_second_sees_what_the_first_did() -> None:
    dee, mo = make_moderator(), make_moderator("Mo")
    post = make_post(make_thread(), body="Pumps!")
    item = make_report(post).item
    seen = ReviewItem.objects.get().version
    signed_in(dee).post(f"/moderation/items/{item.pk}/", {"deed": "hide", "reason": "Sells.", "version": seen})

    answer = signed_in(mo).post(
        f"/moderation/items/{item.pk}/", {"deed": "lock", "reason": "Mine is kept?", "version": seen}
    )

    html = answer.content.decode()
    assert answer.status_code == 409
    assert "Hidden" in html and "Dee" in html and "Sells." in html
    assert [decision.deed for decision in Decision.objects.all()] == ["hide"]
    assert not Post.objects.get(pk=post.pk).thread.is_locked


def test_a_claim_between_reading_and_deciding_is_shown_before_anything_is_done() -> None:
    dee, mo = make_moderator(), make_moderator("Mo")
    item = make_report(make_post(make_thread())).item
    seen = ReviewItem.objects.get().version
    claim(item, by=dee)

    with pytest.raises(Outdated):
        decided(item, "hide", by=mo, version=seen)

    assert not Decision.objects.exists()


def test_a_deed_on_the_thread_itself_answers_what_waits() -> None:
    dee, post = make_moderator(), make_post(make_thread())
    item = make_report(post).item

    pin_thread(post.thread, by=dee, reason="Good one.")
    assert ReviewItem.objects.get().is_open
    hide_post(post, by=dee, reason="Sells pumps.")

    item.refresh_from_db()
    assert (item.state, item.decisions.get().deed) == (State.DECIDED, "hide")


def test_nobody_decides_about_her_own_post_on_whatever_page() -> None:
    dee, mo = make_moderator(), make_moderator("Mo")
    post = make_post(make_thread(), dee)
    item = make_report(post).item
    client = signed_in(dee)

    hiding = client.post(f"/posts/{post.pk}/decide/hide/", {"reason": "Mine."})
    decided(item, "hide", by=mo)
    showing = client.post(f"/posts/{post.pk}/decide/restore/", {"reason": "Mine."})

    assert (hiding.status_code, showing.status_code) == (403, 403)
    assert [(each.deed, each.by) for each in Decision.objects.all()] == [("hide", mo)]
    assert Post.objects.get(pk=post.pk).hidden_at is not None


@pytest.mark.parametrize("how", ["suspended", "departed"])
def test_what_waits_about_somebody_who_is_gone_can_be_closed(how: str) -> None:
    cai, dee = make_member("Cai"), make_moderator()
    item = report(cai, kind=PORTS.moderated["member"], by=make_member("Rui"), reason="unkind").item
    if how == "suspended":
        Member.objects.filter(pk=cai.pk).update(is_active=False)
    else:
        cai.delete()
    client, version = signed_in(dee), ReviewItem.objects.get().version

    page = client.get(f"/moderation/items/{item.pk}/").content.decode()
    answer = client.post(f"/moderation/items/{item.pk}/", {"deed": "dismiss", "version": version})

    assert 'value="dismiss"' in page and 'value="warn"' not in page
    assert answer.status_code == 302
    item.refresh_from_db()
    assert (item.state, item.decisions.get().deed) == (State.DECIDED, "dismiss")


def test_locking_the_thread_answers_the_report_on_its_post() -> None:
    item = make_report(make_post(make_thread())).item

    decided(item, "lock", by=make_moderator())

    item.refresh_from_db()
    assert (item.state, item.decisions.get().deed) == (State.DECIDED, "lock")


def test_a_reason_is_asked_for_and_nothing_typed_is_lost() -> None:
    client, item = signed_in(make_moderator()), make_report(make_post(make_thread())).item
    seen = ReviewItem.objects.get().version

    answer = client.post(f"/moderation/items/{item.pk}/", {"deed": "hide", "category": "spam", "version": seen})

    assert answer.status_code == 422
    assert "Say why" in answer.content.decode()
    assert 'value="hide"' in answer.content.decode() and "checked" in answer.content.decode()


def test_a_moved_thread_takes_what_waits_to_the_moderators_of_its_new_forum() -> None:
    fay, gil, dee = make_member("Fay"), make_member("Gil"), make_moderator()
    here, there = make_forum(moderators=[fay]), make_forum(moderators=[gil])
    post = make_post(make_thread(here))
    make_report(post)

    move_thread(post.thread, by=dee, to=there, reason="Belongs there.")

    assert (review_count(fay), review_count(gil)) == (0, 1)


def test_a_forums_moderator_warns_and_only_the_sites_pause_writing() -> None:
    fay, cai = make_member("Fay"), make_member("Cai")
    item = make_report(make_post(make_thread(make_forum(moderators=[fay])), cai)).item

    page = signed_in(fay).get(f"/moderation/items/{item.pk}/").content.decode()
    decided(item, "warn", by=fay, reason="Be kind.")

    assert 'value="warn"' in page and 'value="silence"' not in page
    assert cai.sanctions.get().decision.reason == "Be kind."


def test_the_public_log_names_nobody_and_shows_members_what_they_may_read() -> None:
    post = make_post(make_thread(make_forum("floods")), make_member("Canary Name"), body="canary-body")
    closed = make_post(make_thread(make_forum("closed-canary", audience="members")))
    dee = make_moderator("Dee Canary")
    decided(make_report(post).item, "hide", by=dee, reason="canary-reason", category="spam")
    decided(make_report(closed).item, "dismiss", by=dee)

    html = signed_in(make_member("Cai")).get("/moderation/log/").content.decode()

    assert "Hidden" in html and "Advertising or spam" in html and "Floods" in html
    assert "canary-" not in html.replace("Closed-canary", "").replace("closed canary", "") and "Canary Name" not in html
    assert "Dee Canary" not in html


def test_guests_read_the_log_as_far_as_they_read_the_forums() -> None:
    dee = make_moderator()
    for forum in (make_forum("open"), make_forum("canary", audience="members")):
        pin_thread(make_thread(forum, author=dee), by=dee, reason="Good.")

    html = Client().get("/moderation/log/").content.decode()

    assert "Pinned" in html and "Open" in html and "Canary" not in html


def test_every_page_leads_a_guest_to_the_log() -> None:
    assert 'href="/moderation/log/"' in Client().get("/cities/").content.decode()


def test_the_log_says_the_latest_first_and_in_words() -> None:
    dee, wish = make_moderator(), make_wish()
    welcome_city(wish, by=dee, reason="", latitude=None, longitude=None)
    with time_machine.travel(timezone.now() - timedelta(days=3)):
        decline_city(make_wish(city_name="Ilo"), by=dee, reason="Not yet.")

    html = Client().get("/moderation/log/").content.decode()

    assert html.index("City welcomed") < html.index("City declined")


def test_the_log_has_an_earlier_version_in_its_forum() -> None:
    dee, post = make_moderator(), make_post(make_thread(make_forum("floods")), body="Sandbags.")
    edit_post(post, by=post.author, body="Sand.")
    hide_revision(post.revisions.get(), by=dee, reason="A name.")

    html = Client().get("/moderation/log/").content.decode()

    assert "Earlier version hidden" in html and "Whole site" not in html
    assert "<td>Floods</td>" in html


def test_what_came_today_waits_since_today() -> None:
    item = make_report(make_post(make_thread())).item
    dee = signed_in(make_moderator())

    today = dee.get("/moderation/").content.decode()
    ReviewItem.objects.filter(pk=item.pk).update(opened_at=timezone.now() - timedelta(days=1))
    tomorrow = dee.get("/moderation/").content.decode()

    assert '<div class="count">today</div>' in today
    assert "<b>1</b>day</div>" in tomorrow


def test_the_log_of_a_closed_forum_is_for_those_who_read_it() -> None:
    dee, circle_forum = make_moderator(), make_forum("open")
    closed = make_forum("canary", audience="group", circle=make_circle())
    for forum in (circle_forum, closed):
        thread = make_thread(forum, author=dee)
        pin_thread(thread, by=dee, reason="Good.")

    html = signed_in(make_member("Cai")).get("/moderation/log/").content.decode()

    assert "Open" in html and "Canary" not in html
