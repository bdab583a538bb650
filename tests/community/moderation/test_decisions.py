import pytest

from community.moderation.actions import decide
from community.moderation.models import Decision, OnlyEverAdded
from community.moderation.queries import decisions_on
from tests.factories.members import make_city, make_moderator

pytestmark = pytest.mark.django_db


def test_what_was_decided_on_a_thing_is_found_the_latest_first() -> None:
    dee, quito, lima = make_moderator(), make_city(), make_city("lima")
    first = decide(quito, deed="hide", by=dee, reason="Spam.")
    second = decide(quito, deed="restore", by=dee, reason="It was not.")
    decide(lima, deed="hide", by=dee, reason="Spam too.")

    assert list(decisions_on(quito)) == [second, first]
    assert (first.deed, first.by, first.reason) == ("hide", dee, "Spam.")


def test_a_decision_is_never_changed_nor_taken_away() -> None:
    decision = decide(make_city(), deed="hide", by=make_moderator(), reason="Spam.")
    decision.reason = "Kind words."

    for attempt in (
        decision.save,
        decision.delete,
        lambda: Decision.objects.update(reason="Kind words."),
        lambda: Decision.objects.filter(pk=decision.pk).delete(),
    ):
        with pytest.raises(OnlyEverAdded):
            attempt()

    assert Decision.objects.get().reason == "Spam."


def test_a_decision_outlives_its_moderator() -> None:
    dee = make_moderator()
    decide(make_city(), deed="hide", by=dee, reason="Spam.")

    dee.delete()

    assert Decision.objects.get().by is None
