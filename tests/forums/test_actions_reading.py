import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from forums import actions
from forums.actions.reading import advance_mark
from forums.models import Draft, ForumMark, ReadMark
from forums.queries import draft_of, first_unread, read_up_to
from tests.factories.forums import make_forum, make_members_forum, make_post, make_thread
from tests.factories.members import make_circle, make_member

pytestmark = pytest.mark.django_db


def test_a_mark_never_goes_back() -> None:
    ana, thread = make_member("Ana"), make_thread()
    first, second = make_post(thread), make_post(thread)

    actions.mark_read(thread, member=ana, up_to=second.pk)
    actions.mark_read(thread, member=ana, up_to=first.pk)

    assert ReadMark.objects.get(member=ana).last_post_id == second.pk


def test_a_mark_made_meanwhile_on_another_device_is_not_pulled_back() -> None:
    ana, thread = make_member("Ana"), make_thread()
    first, second = make_post(thread), make_post(thread)
    actions.mark_read(thread, member=ana, up_to=second.pk)

    advance_mark(thread.pk, ana.pk, first.pk)  # as one that looked before the other wrote

    assert ReadMark.objects.get(member=ana).last_post_id == second.pk


def test_where_nothing_moves_nothing_is_written() -> None:
    ana, thread = make_member("Ana"), make_thread()
    post = make_post(thread)
    actions.mark_read(thread, member=ana, up_to=post.pk)

    with CaptureQueriesContext(connection) as queries:
        actions.mark_read(thread, member=ana, up_to=post.pk)

    assert [query["sql"].split()[0] for query in queries] == ["SELECT"]


def test_the_first_unread_post_is_the_one_after_the_mark() -> None:
    ana, thread = make_member("Ana"), make_thread()
    first, second = make_post(thread), make_post(thread)
    assert first_unread(ana, thread) is not None

    actions.mark_read(thread, member=ana, up_to=first.pk)
    thread.refresh_from_db()

    assert (read_up_to(ana, thread), first_unread(ana, thread)) == (first.pk, second.pk)
    actions.mark_read(thread, member=ana, up_to=second.pk)
    assert first_unread(ana, thread) is None


def test_a_forum_is_called_read_and_what_comes_later_is_new() -> None:
    ana, forum = make_member("Ana"), make_forum()
    thread, elsewhere = make_thread(forum, make_member("Bo")), make_thread(author=make_member("Bo"))

    actions.mark_all_read(ana, forum=forum)
    assert first_unread(ana, thread) is None
    assert first_unread(ana, elsewhere) is not None
    later = make_post(thread)
    thread.refresh_from_db()

    assert first_unread(ana, thread) == later.pk


def test_all_that_she_sees_is_called_read() -> None:
    ana = make_member("Ana")
    forums = [make_members_forum(), make_forum()]
    threads = [make_thread(forum, make_member("Bo")) for forum in forums]
    make_forum(audience="group", circle=make_circle())

    actions.mark_all_read(ana)
    actions.mark_all_read(ana)

    assert {mark.forum for mark in ForumMark.objects.select_related("forum")} == set(forums)
    assert [first_unread(ana, thread) for thread in threads] == [None, None]


def test_a_draft_is_kept_and_its_version_steps() -> None:
    ana = make_member("Ana")

    first = actions.save_draft(ana, place="thread:1", fields={"body": "We"}, version=0)
    second = actions.save_draft(ana, place="thread:1", fields={"body": "We had"}, version=first.version)

    assert (first.version, second.version) == (1, 2)
    assert draft_of(ana, "thread:1").fields == {"body": "We had"}
    assert draft_of(make_member("Cai"), "thread:1") is None


def test_two_devices_do_not_write_over_each_other() -> None:
    ana = make_member("Ana")
    actions.save_draft(ana, place="thread:1", fields={"body": "From the desk"}, version=0)

    with pytest.raises(actions.DraftConflict) as conflict:
        actions.save_draft(ana, place="thread:1", fields={"body": "From the field"}, version=0)

    assert conflict.value.draft.fields == {"body": "From the desk"}
    assert Draft.objects.get().fields == {"body": "From the desk"}


def test_the_same_text_saved_twice_is_no_conflict() -> None:
    ana = make_member("Ana")
    actions.save_draft(ana, place="thread:1", fields={"body": "We had"}, version=0)

    again = actions.save_draft(ana, place="thread:1", fields={"body": "We had"}, version=0)

    assert again.version == 1


def test_a_draft_sent_from_elsewhere_is_begun_anew_rather_than_lost() -> None:
    ana = make_member("Ana")
    actions.save_draft(ana, place="thread:1", fields={"body": "We"}, version=0)
    actions.discard_draft(ana, "thread:1")

    draft = actions.save_draft(ana, place="thread:1", fields={"body": "We had"}, version=1)

    assert (draft.version, draft.fields) == (2, {"body": "We had"})
