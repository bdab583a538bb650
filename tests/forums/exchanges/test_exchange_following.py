"""An exchange is followed on its page, as closely as a thread."""

from datetime import UTC, datetime

import pytest
from django.urls import reverse

from community.following.actions import follow
from community.following.choices import Level
from community.notifications.models import Notice
from community.notifications.queries import notices_of
from forums.actions import post_reply
from forums.actions.exchanges import agree_to_outcome, say_met, set_meeting
from forums.queries import standing_to_thread
from forums.queries.levels import followed, not_muted, watchers_of
from forums.rules import seeable_threads
from tests.factories.deliveries import deliver_all
from tests.factories.exchanges import make_citizen, make_draft, make_exchange, make_matched, make_met
from tests.forums.exchanges.reading import address, signed_in

pytestmark = pytest.mark.django_db


def test_whoever_asks_follows_what_she_asked() -> None:
    ana = make_citizen("Ana")

    standing = standing_to_thread(ana, make_exchange(ana).thread)

    assert standing and standing.holds == Level.TRACKING


@pytest.mark.parametrize("level", Level)
def test_every_level_is_chosen_on_the_page_and_holds(level: Level) -> None:
    ana, colleague = make_citizen("Ana"), make_citizen("Ada")
    thread = (exchange := make_exchange(ana)).thread
    client, page = signed_in(colleague), address(exchange)

    chosen = client.post(
        reverse("following:choose", args=["thread", thread.pk]), {"level": level.value, "next": page}, follow=True
    )

    html = chosen.content.decode()
    assert chosen.redirect_chain[-1][0] == page
    assert f'value="{level.value}" aria-current="true"' in html
    seen = seeable_threads(colleague)
    assert thread in not_muted(seen, colleague) or level == Level.MUTED
    assert (thread in followed(seen, colleague)) is (level >= Level.TRACKING)
    assert (colleague.pk in watchers_of(thread)) is (level == Level.WATCHING)


def test_who_watches_is_told_of_a_post_and_nobody_outside() -> None:
    ana, ada, cai = make_citizen("Ana"), make_citizen("Ada"), make_citizen("Cai", "belfast")
    exchange, stranger = make_matched(ana, cai), make_citizen("Mia", "milan")
    deliver_all()
    for member in (ada, stranger):
        follow(member, kind="thread", target_id=exchange.thread_id, level=Level.WATCHING)

    post_reply(exchange.thread, author=cai, body="Tuesday?", token="t", language="en")
    deliver_all()

    assert list(Notice.objects.filter(kind="watched").values_list("member", flat=True)) == [ada.pk]


def test_who_has_muted_it_hears_only_what_asks_for_her_citys_word() -> None:
    ana, ada, cai = make_citizen("Ana"), make_citizen("Ada"), make_citizen("Cai", "belfast")
    exchange = make_matched(ana, cai)
    follow(ada, kind="thread", target_id=exchange.thread_id, level=Level.MUTED)

    say_met(exchange, by=cai)
    deliver_all()

    assert not Notice.objects.filter(member=ada).exists()
    assert Notice.objects.filter(member=ana, kind="exchange-met").exists()


def test_the_asker_reads_who_wrote_about_her_request_and_everybody_when_they_meet() -> None:
    ana, cai = make_citizen("Ana", timezone="America/Guayaquil"), make_citizen("Cai", "belfast")
    exchange = make_matched(ana, cai, title="Ravines")
    set_meeting(exchange, by=cai, at=datetime(2027, 3, 2, 14, tzinfo=UTC), zone="Europe/London", link="")
    deliver_all()

    texts = [each.shown.text for each in notices_of(ana).notices]

    assert "Cai wrote to you about your request “Ravines”." in texts
    assert "A meeting is set in “Ravines”: Tue 2 Mar 2027, 14:00 UTC." in texts


def test_a_meeting_that_is_moved_and_a_text_that_is_written_anew_are_told_anew_in_one_line_each() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai, title="Ravines")
    for day in (2, 3):
        set_meeting(exchange, by=cai, at=datetime(2027, 3, day, 14, tzinfo=UTC), zone="UTC", link="")
        outcome = make_draft(exchange, cai, word=f"Drained {day}")
        deliver_all()
        agree_to_outcome(outcome, by=ana, version=outcome.text_version)
        deliver_all()
    make_draft(exchange, cai, word="Drained at last")
    deliver_all()

    lines = [(each.shown.text, each.notice.read_at) for each in notices_of(ana).notices]

    assert [line for line in lines if "outcome" in line[0]] == lines[:1]
    assert [text for text, _ in lines if "meeting" in text] == [
        "A meeting is set in “Ravines”: Wed 3 Mar 2027, 14:00 UTC."
    ]
