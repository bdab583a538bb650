"""A member whom moderators know, as a moderator too: what she is told of it, and what is left of it without her."""

from typing import Any

import pytest

from community.members.models import Member
from community.moderation.actions import appeal, claim
from community.moderation.models import Appeal, Decision, Report, ReviewItem, Sanction
from community.moderation.ports import PORTS
from community.personal.ports import HOLDINGS
from community.personal.rows import rows_of
from community.privacy.actions import erase_member
from community.privacy.queries import person_of
from forums.models import Post
from tests.factories.forums import make_post, make_thread
from tests.factories.members import make_member, make_moderator
from tests.factories.moderation import decided, make_report

pytestmark = pytest.mark.django_db(transaction=True)


def given(member: Member, model: type[Any]) -> list[dict[str, Any]]:
    return list(rows_of(HOLDINGS[model._meta.label], person_of(member)))


@pytest.fixture
def ana() -> Member:
    """Reported, hidden and silenced; she asked about it, and has reported others."""
    ana, cai, dee = make_member("Ana"), make_member("Cai"), make_moderator()
    thread = make_thread(author=cai)
    hidden = decided(make_report(make_post(thread, ana), by=cai).item, "hide", by=dee, reason="It sells pumps.")
    silenced = decided(make_report(make_post(thread, ana), by=cai).item, "silence", by=dee, reason="Again.", days=1)
    decided(make_report(make_post(thread, ana), by=cai).item, "dismiss", by=dee, reason="Cai quarrels.")
    for decision in (hidden, silenced):
        post = Post.objects.get(pk=decision.target_id)
        appeal(decision, post, kind=PORTS.moderated["post"], by=ana, message="I sell nothing.")
    ana.refresh_from_db()
    Member.objects.filter(pk=ana.pk).update(silenced_until=None)
    ana.refresh_from_db()
    make_report(make_post(thread, cai), by=ana, note="See there.")
    return ana


def test_she_reads_what_was_decided_about_her_and_not_by_whom_nor_who_reported(ana):
    decisions, reports, items = given(ana, Decision), given(ana, Report), given(ana, ReviewItem)

    assert [(row["deed"], row["reason"], row["is_by_you"]) for row in decisions] == [
        ("hide", "It sells pumps.", False),
        ("silence", "Again.", False),
    ]
    assert [row["note"] for row in reports] == ["See there."]
    assert len(items) == 5
    assert {name for row in [*decisions, *items] for name in row}.isdisjoint(
        {"by_id", "concerns_id", "author_id", "claimed_by_id"}
    )
    assert [len(given(ana, model)) for model in (Appeal, Sanction)] == [2, 1]


def test_a_moderator_is_given_what_she_decided_and_claimed_herself():
    rui, cai = make_moderator("Rui"), make_member("Cai")
    thread = make_thread(author=cai)
    decided(make_report(make_post(thread, cai), by=make_member("Bo")).item, "dismiss", by=rui, reason="All is well.")
    claim(make_report(make_post(thread, cai), by=make_member("Sol")).item, by=rui)

    assert [(row["reason"], row["is_by_you"]) for row in given(rui, Decision)] == [("All is well.", True)]
    assert len(given(rui, ReviewItem)) == 1
    erase_member(rui)

    assert Decision.objects.get().by is None and Decision.objects.get().concerns == cai
    assert not ReviewItem.objects.exclude(claimed_by=None).exists()


def test_who_was_reported_silenced_and_asked_again_can_be_erased(ana):
    decisions, items = Decision.objects.count(), ReviewItem.objects.count()

    erase_member(ana)

    assert not Member.objects.filter(pk=ana.pk).exists()
    assert not Appeal.objects.exists() and not Sanction.objects.exists()
    assert set(Report.objects.values_list("reporter__handle", flat=True)) == {"cai"}
    assert (Decision.objects.count(), ReviewItem.objects.count()) == (decisions, items)
    assert not Decision.objects.exclude(concerns=None).exists()
    assert set(ReviewItem.objects.values_list("author__handle", flat=True)) == {None, "cai"}
