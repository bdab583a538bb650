"""Who takes part follows an exchange as closely as a thread; who sees its card alone follows the card."""

from datetime import UTC, datetime

import pytest
from django.http import HttpResponse
from django.test import Client
from django.urls import reverse

from community.following.actions import follow, unfollow
from community.following.choices import Level
from community.following.models import Follow
from community.following.queries import follows_of
from community.members.models import Member
from community.notifications.models import Notice
from community.notifications.queries import notices_of, unread_count
from community.personal.ports import HOLDINGS
from community.personal.rows import rows_of
from community.privacy.actions import erase_member
from community.privacy.queries import person_of
from forums.actions import post_reply
from forums.actions.exchanges import (
    agree_to_outcome,
    hide_exchange,
    leave_exchange,
    match_cities,
    put_outcome_back,
    reopen_exchange,
    say_met,
    set_meeting,
    show_exchange,
    take_outcome_away,
    withdraw_exchange,
)
from forums.actions.keeping import keep_forum
from forums.choices import Audience
from forums.models import Exchange, Outcome
from forums.queries import standing_to_thread
from forums.queries.levels import followed, not_muted, watchers_of
from forums.rules import seeable_threads
from tests.factories.deliveries import deliver_all
from tests.factories.exchanges import (
    fresh,
    make_citizen,
    make_draft,
    make_exchange,
    make_matched,
    make_met,
    make_response,
)
from tests.factories.members import make_circle, make_moderator
from tests.forums.exchanges.reading import address, queries, signed_in

pytestmark = pytest.mark.django_db
CONCLUDED, REOPENED = "exchange-concluded", "exchange-reopened"


def watch(member: Member, exchange: Exchange) -> None:
    follow(member, kind="exchange", target_id=exchange.pk, level=Level.WATCHING)


def choose(client: Client, exchange: Exchange, level: str) -> HttpResponse:
    door = reverse("following:choose", args=["exchange", exchange.pk])
    return client.post(door, {"level": level, "next": address(exchange)})


def publish(exchange: Exchange, *members: Member, word: str = "Drained") -> Outcome:
    outcome = make_draft(exchange, members[0], word)
    for member in members:
        outcome = agree_to_outcome(outcome, by=member, version=outcome.text_version)
    deliver_all()
    return outcome


def told(member: Member) -> list[str]:
    return [each.text for each in notices_of(member).notices]


def kinds_told(member: Member) -> list[str]:
    return list(Notice.objects.filter(member=member).order_by("pk").values_list("kind", flat=True))


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


def test_a_member_outside_follows_the_card_and_is_told_of_the_outcome_once() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_met(ana, cai, title="Ravines")
    client = signed_in(mia)

    assert choose(client, exchange, "3").status_code == 302
    publish(exchange, ana, cai)
    publish(exchange, ana, cai, word="Drained better")

    [notice] = notices_of(mia).notices
    assert notice.text == "What came of “Ravines” is published."
    assert notice.shown.url == f"/exchanges/{exchange.pk}/-/outcome/"
    assert notice.shown.cause and notice.shown.cause.text == "Because you watch “Ravines”"
    assert client.get(notice.shown.url).status_code == 200


def test_the_card_offers_the_two_levels_that_make_sense_to_it() -> None:
    exchange, mia = make_exchange(), make_citizen("Mia", "milan")
    client = signed_in(mia)

    choose(client, exchange, "3")
    html = client.get(address(exchange)).content.decode()

    assert html.count(f'action="/account/following/exchange/{exchange.pk}/"') == 1
    assert f"/account/following/thread/{exchange.thread_id}/" not in html
    assert 'value="3" aria-current="true"' in html and 'name="level" value="1"' in html
    assert 'name="level" value="0"' not in html and 'name="level" value="2"' not in html
    assert "As its forum, tags and city say." not in html
    assert [choose(client, exchange, level).status_code for level in ("0", "2")] == [404, 404]
    assert Follow.objects.get(member=mia).level == Level.WATCHING


@pytest.mark.parametrize("who", ["asker", "helper", "moderator"])
def test_who_sees_the_conversation_has_its_control_and_no_second_one(who: str) -> None:
    cast = {"asker": make_citizen("Ana"), "helper": make_citizen("Cai", "belfast"), "moderator": make_moderator()}
    exchange = make_matched(cast["asker"], cast["helper"])

    html = signed_in(cast[who]).get(address(exchange)).content.decode()

    assert html.count(f'action="/account/following/thread/{exchange.thread_id}/"') == 1
    assert "/account/following/exchange/" not in html


def test_a_guest_cannot_follow_a_card() -> None:
    exchange = make_exchange(is_open_to_guests=True)

    html, answer = Client().get(address(exchange)).content.decode(), choose(Client(), exchange, "3")

    assert "/account/following/" not in html
    assert answer["Location"] == f"/account/login/?next={address(exchange)}"
    assert not Follow.objects.filter(kind="exchange").exists()


@pytest.mark.parametrize("leave", ["withdrawn", "hidden"])
def test_a_request_that_is_withdrawn_or_hidden_is_followed_by_nobody_outside(leave: str) -> None:
    ana, mia, dee = make_citizen("Ana"), make_citizen("Mia", "milan"), make_moderator()
    exchange, client = make_exchange(ana, title="Ravines"), signed_in(mia)
    watch(mia, exchange)
    if leave == "withdrawn":
        withdraw_exchange(exchange, by=ana)
    else:
        hide_exchange(exchange, by=dee, reason="An advertisement.")

    assert choose(client, exchange, "3").status_code == 404
    assert follows_of(mia)[0] == []
    assert "Ravines" not in client.get("/account/following/").content.decode()

    if leave == "withdrawn":
        reopen_exchange(fresh(exchange), by=ana)
    else:
        show_exchange(fresh(exchange), by=dee, reason="It was none.")
    assert [row.card.title for row in follows_of(mia)[0]] == ["Ravines"]


def test_what_was_told_of_an_outcome_goes_with_the_request_or_the_outcome_and_comes_back() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    dee = make_moderator()
    exchange = make_met(ana, cai, title="Ravines")
    watch(mia, exchange)
    outcome = publish(exchange, ana, cai)
    counts = [unread_count(mia)]

    for deed, thing in (
        (hide_exchange, exchange),
        (show_exchange, exchange),
        (take_outcome_away, outcome),
        (put_outcome_back, outcome),
    ):
        deed(thing, by=dee, reason="So.")
        deliver_all()
        counts.append(unread_count(mia))

    assert counts == [1, 0, 1, 0, 1]
    assert told(mia) == ["What came of “Ravines” is published."]


def test_whoever_sees_the_forum_no_more_sees_nothing_told_of_its_requests() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_met(ana, cai)
    watch(mia, exchange)
    publish(exchange, ana, cai)
    before = unread_count(mia)

    exchange.forum.audience, exchange.forum.circle = Audience.GROUP, make_circle("inner", ana, cai)
    keep_forum(exchange.forum)
    deliver_all()

    assert (before, unread_count(mia)) == (1, 0)
    assert follows_of(mia)[0] == []


def test_who_takes_part_is_not_told_twice() -> None:
    ana, ada, cai = make_citizen("Ana"), make_citizen("Ada"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai)
    for member in (ana, ada, cai):
        watch(member, exchange)

    publish(exchange, ana, cai)

    assert kinds_told(ada).count("exchange-published") == 1
    assert not Notice.objects.filter(kind=CONCLUDED).exists()


def test_who_watches_the_card_hears_nothing_of_the_conversation() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_exchange(ana)
    watch(mia, exchange)

    make_response(exchange, cai, "Our wardens do.")
    match_cities(exchange, by=ana, cities=[cai.city])
    post_reply(exchange.thread, author=ana, body="Tuesday?", token="t", language="en")
    set_meeting(exchange, by=cai, at=datetime(2027, 3, 2, 14, tzinfo=UTC), zone="Europe/London", link="")
    say_met(exchange, by=cai)
    make_draft(exchange, cai)
    deliver_all()

    assert kinds_told(mia) == []
    assert mia.pk not in watchers_of(exchange.thread)
    assert exchange.thread not in followed(seeable_threads(mia), mia)


def test_who_watches_hears_that_a_request_takes_responses_again_and_not_from_whom() -> None:
    ana, cai, eli = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Eli", "dakar")
    mia, ada, colleague = make_citizen("Mia", "milan"), make_citizen("Ada"), make_citizen("Cleo", "belfast")
    exchange = make_matched(ana, cai, eli, title="Ravines")
    for member in (mia, ada, cai, colleague):
        watch(member, exchange)

    leave_exchange(exchange, by=eli)
    deliver_all()
    assert kinds_told(mia) == []
    leave_exchange(exchange, by=cai)
    deliver_all()

    assert told(mia) == ["“Ravines” takes responses again."]
    assert Notice.objects.get(member=mia).actor_id is None
    assert list(Notice.objects.filter(kind=REOPENED).values_list("member", flat=True)) == [mia.pk]


def test_that_a_request_takes_responses_again_is_said_while_it_is_so_and_stands_once() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_matched(ana, cai, title="Ravines")
    watch(mia, exchange)
    leave_exchange(exchange, by=cai)
    deliver_all()

    make_response(exchange, eli := make_citizen("Eli", "dakar"))
    match_cities(exchange, by=ana, cities=[eli.city])
    deliver_all()
    between = told(mia), unread_count(mia)
    leave_exchange(exchange, by=eli)
    deliver_all()

    assert between == ([], 0)
    assert told(mia) == ["“Ravines” takes responses again."]
    assert kinds_told(mia) == [REOPENED]


@pytest.mark.parametrize("level", [Level.NORMAL, None])
def test_who_has_stopped_watching_before_it_is_heard_is_not_told(level: Level | None) -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_met(ana, cai)
    watch(mia, exchange)
    if level is None:
        unfollow(mia, kind="exchange", target_id=exchange.pk)
    else:
        follow(mia, kind="exchange", target_id=exchange.pk, level=level)

    publish(exchange, ana, cai)

    assert kinds_told(mia) == []


def test_the_list_shows_the_request_and_stops_it() -> None:
    exchange, mia = make_exchange(title="Ravines"), make_citizen("Mia", "milan")
    client = signed_in(mia)
    watch(mia, exchange)

    html = client.get("/account/following/").content.decode()
    client.post(f"/account/following/exchange/{exchange.pk}/", {"level": ""})

    assert f'<a href="{address(exchange)}" lang="en" dir="auto">Ravines</a>' in html
    assert "Request of a city" in html
    assert not Follow.objects.filter(member=mia).exists()


def test_what_she_follows_is_in_her_archive_and_goes_with_her_account() -> None:
    exchange, mia = make_exchange(), make_citizen("Mia", "milan")
    watch(mia, exchange)

    given = list(rows_of(HOLDINGS["following.Follow"], person_of(mia)))
    erase_member(mia)

    assert [(row["kind"], row["target_id"]) for row in given] == [("exchange", exchange.pk)]
    assert not Follow.objects.filter(kind="exchange").exists()


def test_lists_cost_the_same_for_one_request_that_is_followed_and_for_three() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    client, pages = signed_in(mia), ("/account/following/", "/notifications/", "/exchanges/")

    def one_more() -> list[int]:
        exchange = make_met(ana, cai)
        watch(mia, exchange)
        publish(exchange, ana, cai)
        return [queries(client, page) for page in pages]

    once = one_more()
    one_more()

    assert one_more() == once
