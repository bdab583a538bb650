"""Which level holds: said once in Python, asked of the database for many, and both say the same."""

from django.db.models import F
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.django import TestCase

from community.following.choices import Level
from community.following.models import Follow
from community.following.precedence import level_that_holds
from community.topics.actions import tags_called
from forums.models import Thread
from forums.queries.levels import followed, level_in, not_muted, standing_to_thread, watchers_of, with_levels
from tests.factories.forums import make_forum, make_thread
from tests.factories.members import make_city, make_member

LEVELS = st.none() | st.sampled_from(list(Level))


def test_what_she_chose_for_the_thread_itself_holds_whatever_else_says() -> None:
    assert level_that_holds({"thread": [Level.WATCHING], "forum": [Level.MUTED]}) == Level.WATCHING
    assert level_that_holds({"thread": [Level.MUTED], "forum": [Level.WATCHING]}) == Level.MUTED
    assert level_that_holds({"thread": [Level.NORMAL], "tag": [Level.WATCHING]}) == Level.NORMAL


def test_what_is_muted_anywhere_around_it_mutes_it() -> None:
    assert level_that_holds({"forum": [Level.WATCHING], "city": [Level.MUTED]}) == Level.MUTED
    assert level_that_holds({"tag": [Level.WATCHING, Level.MUTED]}) == Level.MUTED


def test_else_the_nearest_speaks_and_of_equals_the_closest() -> None:
    assert level_that_holds({"forum": [Level.NORMAL], "tag": [Level.WATCHING]}) == Level.NORMAL
    assert level_that_holds({"tag": [Level.TRACKING], "elsewhere": [Level.WATCHING]}) == Level.TRACKING
    assert level_that_holds({"tag": [Level.TRACKING, Level.WATCHING], "city": [Level.NORMAL]}) == Level.WATCHING
    assert level_that_holds({"city": [Level.TRACKING]}) == Level.TRACKING
    assert level_that_holds({}) == level_that_holds({"tag": []}) == Level.NORMAL


class TheDatabaseSaysTheSame(TestCase):
    def setUp(self) -> None:
        city = make_city()
        self.member = make_member("Ana")
        self.thread = make_thread(make_forum(), make_member("Cai", city=city), tags=["flood", "drains"])
        first, second = tags_called(["flood", "drains"])
        Follow.objects.all().delete()
        self.things = [
            ("thread", self.thread.pk),
            ("forum", self.thread.forum_id),
            ("tag", first.pk),
            ("tag", second.pk),
            ("city", city.pk),
        ]
        elsewhere = make_thread(make_forum(), make_member("Eli"), tags=["heat"])
        Follow.objects.create(member=self.member, kind="forum", target_id=elsewhere.forum_id, level=Level.WATCHING)
        Follow.objects.create(member=make_member("Bo"), kind="thread", target_id=self.thread.pk, level=Level.MUTED)

    @settings(max_examples=40, deadline=None)
    @given(levels=st.tuples(LEVELS, LEVELS, LEVELS, LEVELS, LEVELS))
    def test_for_every_choice(self, levels: tuple[Level | None, ...]) -> None:
        Follow.objects.filter(member=self.member).exclude(kind="forum", level=Level.WATCHING).delete()
        Follow.objects.filter(member=self.member, target_id=self.thread.forum_id, kind="forum").delete()
        chosen: dict[str, list[Level]] = {}
        for (kind, target_id), level in zip(self.things, levels, strict=True):
            if level is not None:
                Follow.objects.create(member=self.member, kind=kind, target_id=target_id, level=level)
                chosen.setdefault(kind, []).append(level)
        holds = level_that_holds(chosen)

        here = Thread.objects.filter(pk=self.thread.pk)
        assert with_levels(here, self.member).annotate(held=F("level")).values_list("held", flat=True).get() == holds
        assert followed(here, self.member).exists() is (holds >= Level.TRACKING)
        assert not_muted(here, self.member).exists() is (holds > Level.MUTED)
        assert level_in(self.member.pk, self.thread) == holds
        assert (self.member.pk in watchers_of(self.thread)) is (holds == Level.WATCHING)
        standing = standing_to_thread(self.member, self.thread)
        assert standing is not None
        assert (standing.chosen, standing.holds) == (levels[0], holds)
