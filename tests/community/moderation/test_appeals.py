"""The author is told and may ask again; a pause holds at every door."""

from datetime import timedelta

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.utils import timezone

from community.coalition.models import Wish
from community.files.models import StoredFile
from community.members.actions import silence
from community.members.models import Member
from community.members.rules import is_silenced
from community.members.rulings import NotAllowed
from community.moderation.actions import appeal, decide, lift_silence, rescope
from community.moderation.choices import Cause
from community.moderation.models import Appeal, Decision, ReviewItem
from community.moderation.ports import PORTS, Scope
from community.moderation.queries.trust import standing_of
from community.moderation.rules import can_review
from community.notifications.queries import notices_of
from forums import actions
from forums.models import Post, Revision
from tests.factories.deliveries import deliver_all
from tests.factories.files import PDF, png
from tests.factories.forums import make_forum, make_post, make_thread
from tests.factories.members import make_member, make_moderator
from tests.factories.moderation import decided, make_report

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def texts(member: Member) -> list[str]:
    deliver_all()
    return [each.shown.text for each in notices_of(member).notices]


def test_an_author_is_told_that_her_post_was_hidden_and_why_and_when_it_stands_again() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    post = make_post(make_thread(title="Drains"), cai)

    actions.hide_post(post, by=dee, reason="It names a resident.")
    [hidden] = texts(cai)
    actions.restore_post(post, by=dee, reason="Her name is out.")
    [restored] = texts(cai)

    assert hidden == "Moderators hid your post in “Drains”. Their reason: It names a resident."
    assert restored == "Moderators made your post in “Drains” visible again."


def test_an_author_reads_the_reason_beside_her_post_and_nobody_else_does() -> None:
    cai, thread = make_member("Cai"), make_thread()
    actions.hide_post(make_post(thread, cai), by=make_moderator(), reason="canary-reason")
    page = f"/threads/{thread.pk}/{thread.slug}/"

    assert "canary-reason" in signed_in(cai).get(page).content.decode()
    assert "canary-reason" not in signed_in(make_member("Bo")).get(page).content.decode()
    assert "canary-reason" not in Client().get(page).content.decode()


def test_an_appeal_by_form_opens_the_matter_again_once_and_shows_who_had_decided() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    post = make_post(make_thread(), cai)
    actions.hide_post(post, by=dee, reason="It sells.")
    client = signed_in(cai)

    client.post(f"/moderation/appeal/post/{post.pk}/", {"message": "It was a question."})
    again = client.post(f"/moderation/appeal/post/{post.pk}/", {"message": "Twice."})

    item = ReviewItem.objects.get()
    assert (item.cause, item.is_open, Appeal.objects.get().message) == (Cause.APPEAL, True, "It was a question.")
    assert again["Location"].endswith("/moderation/standing/")
    assert "was yours" in signed_in(dee).get(f"/moderation/items/{item.pk}/").content.decode()
    assert "was yours" not in signed_in(make_moderator("Mo")).get(f"/moderation/items/{item.pk}/").content.decode()


def test_an_appeal_that_is_heard_brings_the_post_back_and_its_author_is_told() -> None:
    cai = make_member("Cai")
    post = make_post(make_thread(), cai)
    actions.hide_post(post, by=make_moderator(), reason="It sells.")
    made = appeal(Decision.objects.get(), post, kind=PORTS.moderated["post"], by=cai, message="It asks.")

    decided(made.item, "restore", by=make_moderator("Mo"), reason="It does ask.")

    assert Post.objects.get(pk=post.pk).hidden_at is None
    assert any("your message" in text for text in texts(cai))


def test_a_hidden_version_may_be_asked_about_too_and_counts_against_nobody() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    post = make_post(make_thread(title="Drains"), cai, body="Sandbags.")
    actions.edit_post(post, by=cai, body="Sand.")
    version = post.revisions.get()
    actions.hide_revision(version, by=dee, reason="A name.")
    address = f"/moderation/appeal/revision/{version.pk}/"

    assert address in signed_in(cai).get("/moderation/standing/").content.decode()
    assert "Sandbags." in signed_in(cai).get(address).content.decode()
    assert signed_in(cai).post(address, {"message": "No name stands there."}).status_code == 302
    assert signed_in(make_member("Bo")).get(address).status_code == 404
    item = ReviewItem.objects.get()
    page = signed_in(make_moderator("Mo")).get(f"/moderation/items/{item.pk}/").content.decode()
    decided(item, "restore-version", by=make_moderator("Po"), reason="None does.")

    assert "Sandbags." in page and "No name stands there." in page
    assert not Revision.objects.get().hidden_at
    assert not ReviewItem.objects.get().is_open
    assert standing_of(cai).against == 0
    assert "Moderators show an earlier version of your post in “Drains” again." in texts(cai)


def test_only_the_member_concerned_may_ask() -> None:
    post = make_post(make_thread(), make_member("Cai"))
    actions.hide_post(post, by=make_moderator(), reason="It sells.")

    with pytest.raises(NotAllowed):
        appeal(Decision.objects.get(), post, kind=PORTS.moderated["post"], by=make_member("Bo"), message="For her.")

    assert not ReviewItem.objects.exists()


def silenced(days: int = 3) -> Member:
    cai = make_member("Cai")
    item = make_report(make_post(make_thread(), cai)).item
    decided(item, "silence", by=make_moderator(), days=days, reason="Again and again.")
    cai.refresh_from_db()
    return cai


def test_a_silenced_member_can_read_but_not_write_at_any_door() -> None:
    cai, thread = silenced(), make_thread()
    own = Post.objects.get(author=cai)
    client, before = signed_in(cai), list(Post.objects.values_list("pk", "body_markdown", "helpful_count"))

    assert client.get(f"/threads/{thread.pk}/{thread.slug}/").status_code == 200
    refused = [
        client.post(f"/threads/{thread.pk}/reply/", {"body": "Still here."}),
        client.post(f"/threads/{thread.pk}/reply/", {"body": "By script."}, headers={"accept": "application/json"}),
        client.post(f"/forums/{make_forum().slug}/new/", {"title": "New", "body": "Thread."}),
        client.post(f"/posts/{own.pk}/edit/", {"body": "Other words."}),
        client.post(f"/posts/{thread.posts.get().pk}/vote/"),
        client.post(f"/moderation/report/post/{thread.posts.get().pk}/", {"reason": "spam"}),
    ]

    assert [answer.status_code for answer in refused] == [403] * 6
    assert "Again and again." in refused[0].content.decode()
    assert list(Post.objects.values_list("pk", "body_markdown", "helpful_count")) == before


def test_a_silenced_member_adds_no_file_no_photo_and_asks_for_no_city() -> None:
    client = signed_in(silenced())
    page = SimpleUploadedFile("plan.pdf", PDF, "application/pdf")
    refused = [
        client.post("/account/files/new/", {"name": "plan.pdf", "size": 9, "token": "t1"}),
        client.post("/account/photo/", {"photo": SimpleUploadedFile("me.png", png(), "image/png")}),
        client.post(f"/threads/{make_thread().pk}/reply/", {"body": "", "upload": page, "attach": "1"}),
        client.post("/cities/join/", {"city_name": "Puno"}),
        client.get("/cities/join/"),
    ]

    assert all("Again and again." in answer.content.decode() for answer in refused)
    assert {answer.status_code for answer in refused} <= {403, 422}
    assert not StoredFile.objects.exists() and not Wish.objects.exists()


def test_a_silenced_moderator_of_a_forum_decides_nothing_there() -> None:
    fay = make_member("Fay")
    thread = make_thread(make_forum(moderators=[fay]))
    post = make_post(thread)
    item = make_report(post).item
    silence(fay.pk, until=timezone.now() + timedelta(days=1), reason="Again and again.", by_id=None)
    client = signed_in(fay)

    refused = [
        client.post(f"/posts/{post.pk}/decide/hide/", {"reason": "No."}),
        client.post(f"/threads/{thread.pk}/decide/lock/", {"reason": "No."}),
        client.post(f"/moderation/items/{item.pk}/", {"deed": "warn", "reason": "No.", "version": 2}),
    ]

    assert [answer.status_code for answer in refused] == [403] * 3
    assert not Decision.objects.exclude(deed="silence").exists()
    assert ReviewItem.objects.get().is_open


def test_a_silenced_member_shows_less_of_herself_and_never_more() -> None:
    cai = silenced()
    Member.objects.filter(pk=cai.pk).update(about="Mine.", shown={"about": "everybody", "activity": "nobody"})
    client = signed_in(cai)

    page = client.get("/account/profile/").content.decode()
    told = {"seen_about": "members", "seen_activity": "everybody", "name": "Other", "about": "Canary."}
    answer = client.post("/account/profile/", told)

    assert "Again and again." in page and 'name="seen_about"' in page and 'name="about"' not in page
    assert answer.status_code == 302
    cai.refresh_from_db()
    assert (cai.shown["about"], cai.shown["activity"]) == ("members", "nobody")
    assert (cai.name, cai.about) == ("Cai", "Mine.")


def test_a_pause_ends_by_itself_and_by_a_moderator() -> None:
    cai, thread = silenced(days=3), make_thread()

    with time_machine.travel(timezone.now() + timedelta(days=4), tick=False):
        assert make_post(thread, cai)
    lift_silence(cai, by=make_moderator("Mo"), reason="Talked about it.")
    cai.refresh_from_db()

    assert make_post(thread, cai)
    assert cai.sanctions.get().lifted_at is not None


def test_a_silenced_member_reads_why_and_till_when_and_may_ask_about_it() -> None:
    cai = silenced()
    client, post = signed_in(cai), Post.objects.get(author=cai)

    page = client.get("/moderation/standing/").content.decode()
    client.post(f"/moderation/appeal/post/{post.pk}/", {"message": "I was quoted wrongly."})

    assert "Again and again." in page and f"/moderation/appeal/post/{post.pk}/" in page
    assert ReviewItem.objects.filter(cause=Cause.APPEAL).exists()
    assert any("paused your writing until" in text for text in texts(cai))


def test_moderators_are_not_silenced_by_each_other() -> None:
    mo = make_moderator("Mo")
    item = make_report(make_post(make_thread(), mo)).item

    with pytest.raises(KeyError):
        decided(item, "silence", by=make_moderator(), days=1)
    with pytest.raises(NotAllowed):
        lift_silence(mo, by=make_moderator(), reason="No.")


def test_what_is_asked_about_a_pause_is_for_another_moderator_of_the_whole_site() -> None:
    fay, dee, mo, cai = make_member("Fay"), make_moderator(), make_moderator("Mo"), make_member("Cai")
    post = make_post(make_thread(make_forum(moderators=[fay])), cai)
    made = make_report(post)
    pause = decided(made.item, "silence", by=dee, days=3)
    make_report(post)

    item = appeal(pause, post, kind=PORTS.moderated["post"], by=cai, message="I was quoted wrongly.").item
    rescope("post", [post.pk], to=Scope("forum", post.thread.forum_id))

    assert [can_review(viewer, item).allowed for viewer in (fay, dee, mo)] == [False, False, True]
    for viewer in (fay, dee):
        actions.restore_post(actions.hide_post(post, by=viewer, reason="It sells."), by=viewer, reason="No.")
    assert ReviewItem.objects.get(pk=item.pk).is_open
    decided(item, "unsilence", by=mo)
    assert not is_silenced(Member.objects.get(pk=cai.pk))


def test_the_only_moderator_of_the_site_reads_what_is_asked_about_her_own_pause() -> None:
    dee, cai = make_moderator(), make_member("Cai")
    post = make_post(make_thread(), cai)
    pause = decided(make_report(post).item, "silence", by=dee, days=3)

    item = appeal(pause, post, kind=PORTS.moderated["post"], by=cai, message="I was quoted wrongly.").item

    assert can_review(dee, item)


def test_a_pause_that_is_over_is_taken_back_where_she_asks_about_it() -> None:
    cai = silenced(days=1)
    post = Post.objects.get(author=cai)
    with time_machine.travel(timezone.now() + timedelta(days=2), tick=False):
        asked = appeal(Decision.objects.get(), post, kind=PORTS.moderated["post"], by=cai, message="I was quoted.")
        decided(asked.item, "unsilence", by=make_moderator("Mo"))

    assert cai.sanctions.get().lifted_at is not None


def test_a_warning_is_taken_back_where_its_author_asks_and_only_once() -> None:
    cai, dee = make_member("Cai"), make_moderator()
    post = make_post(make_thread(), cai)
    warning = decided(make_report(post).item, "warn", by=dee)
    asked = appeal(warning, post, kind=PORTS.moderated["post"], by=cai, message="It was a joke.")

    decided(asked.item, "unwarn", by=make_moderator("Mo"), reason="It was one.")

    assert cai.sanctions.get().lifted_at is not None
    with pytest.raises(KeyError):
        decided(make_report(post).item, "unwarn", by=dee)


def test_what_is_asked_about_one_thing_is_not_taken_for_another_of_the_same_number() -> None:
    cai = make_member("Cai")
    post = make_post(make_thread(), cai)
    decision = decide(Member(pk=post.pk), deed="warn", by=make_moderator(), reason="Be kind.", concerns=cai)
    Appeal.objects.create(decision=decision, item=make_report(post).item, author=cai, message="Why?")

    assert signed_in(cai).get(f"/moderation/appeal/post/{post.pk}/").status_code == 404
