"""What the sockets' rules say of many at once is what the pages' rules say of each."""

import pytest
from django.contrib.auth.models import AnonymousUser

from forums.choices import Audience
from forums.fragments import MODERATOR, audience_class
from forums.models import Forum, Thread
from forums.queries.watchers import INSIDER, classes_in_forum, classes_in_thread, is_listed_to
from forums.rules import can_see_forum, can_see_thread, threads_of
from tests.factories.forums import make_thread
from tests.factories.members import make_member
from tests.forums.test_rules import everybody, fill

pytestmark = pytest.mark.django_db


def test_who_may_watch_a_thread_or_a_forum_is_who_may_see_it() -> None:
    author, commenter = make_member("Ana"), make_member("Bo")
    viewers, forums = everybody(author, commenter)
    for forum in forums:
        fill(forum, author, commenter)
    active = {name: viewer for name, viewer in viewers.items() if viewer.is_active or isinstance(viewer, AnonymousUser)}
    suspended = [viewer.pk for name, viewer in viewers.items() if name not in active]
    ids = [None if isinstance(viewer, AnonymousUser) else viewer.pk for viewer in viewers.values()]

    for thread in Thread.objects.select_related("forum"):
        classes = classes_in_thread(thread.pk, ids)
        for viewer in active.values():
            expected = audience_class(viewer, thread.forum) if can_see_thread(viewer, thread) else None
            assert classes[viewer.pk] == expected, (thread, viewer)
        assert {classes[pk] for pk in suspended} == {None}
    for forum in Forum.objects.all():
        classes = classes_in_forum(forum.pk, ids)
        for viewer in active.values():
            said = classes[viewer.pk]
            assert (said is not None) == bool(can_see_forum(viewer, forum))
            if said is not None:
                assert said in (audience_class(viewer, forum), INSIDER)
                seen = [thread for thread in threads_of(viewer, forum) if thread.author_id != viewer.pk]
                # What is between cities is on their exchange's page: of the list's viewers only moderators have it.
                listed = {each.pk for each in seen if each.audience != Audience.PARTIES or said == MODERATOR}
                theirs = forum.threads.exclude(author_id=viewer.pk)
                assert {thread.pk for thread in theirs if is_listed_to(said, thread)} == listed


def test_asking_for_many_costs_no_more_than_for_one(django_assert_max_num_queries: object) -> None:
    thread = make_thread()
    members = [make_member(f"Gil {number}").pk for number in range(20)]

    with django_assert_max_num_queries(3):  # type: ignore[operator]
        assert set(classes_in_thread(thread.pk, [None, *members]).values()) == {"guest", "member"}
