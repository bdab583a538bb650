"""From a request to a published outcome, with the ways back."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from community.facts.models import Fact, StreamEntry
from community.live.keep import heads_of
from community.members.actions import change_profile
from community.members.rulings import NotAllowed
from community.moderation.models import Decision
from forums.actions import edit_post, post_reply
from forums.actions.exchanges import (
    NothingToMatch,
    OutcomeConflict,
    WrongCities,
    agree_to_outcome,
    change_request,
    hide_exchange,
    invite_cities,
    leave_exchange,
    match_cities,
    put_outcome_back,
    reopen_exchange,
    respond,
    return_city,
    say_met,
    set_meeting,
    show_exchange,
    take_outcome_away,
    withdraw_exchange,
    write_outcome,
)
from forums.choices import PartyRole, Stage
from forums.models import Agreement, Exchange, Offer, Outcome, Party, Post, Revision, Thread
from forums.queries.exchanges import Step, turn_now
from forums.rules import can_reply, can_see_thread
from tests.factories.exchanges import (
    fresh,
    make_citizen,
    make_draft,
    make_exchange,
    make_matched,
    make_met,
    make_offer_of,
    make_published,
    make_response,
    outcome_texts,
    soon,
)
from tests.factories.files import make_file
from tests.factories.members import make_city, make_moderator

pytestmark = pytest.mark.django_db


def roles(exchange: Exchange) -> dict[str, str]:
    return {party.city.slug: party.role for party in Party.objects.filter(exchange=exchange).select_related("city")}


def test_asking_makes_a_card_and_a_conversation_that_counts_nowhere() -> None:
    ana = make_citizen("Ana")

    exchange = make_exchange(ana, title="Who cleans the ravines?")

    forum = exchange.forum
    forum.refresh_from_db()
    assert (exchange.thread.title, exchange.thread.audience, exchange.stage) == (exchange.title, "parties", "asked")
    assert (forum.thread_count, forum.last_post_at) == (0, None)
    assert roles(exchange) == {"quito": "asking"}
    assert can_see_thread(ana, exchange.thread)


def test_the_same_form_sent_twice_asks_once() -> None:
    ana = make_citizen("Ana")

    first, again = make_exchange(ana, token="one"), make_exchange(ana, token="one")

    assert first == again
    assert Thread.objects.count() == 1


def test_the_same_token_in_another_form_or_thread_is_another_submission() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    first, second = make_exchange(ana, token="one"), make_exchange(ana, token="two")

    respond(first, by=cai, body="We can.", token="one")
    posts = [post_reply(first.thread, author=cai, body="When?", token="one")]
    respond(second, by=cai, body="Here too.", token="one")
    posts.append(post_reply(first.thread, author=cai, body="When?", token="one"))

    bodies = Post.objects.filter(author=cai).order_by("pk").values_list("body_markdown", flat=True)
    assert (list(bodies), posts[0]) == (["We can.", "When?", "Here too."], posts[1])
    assert make_exchange(ana, token="one") == first


def test_a_changed_request_keeps_what_was_asked_before_with_the_reason() -> None:
    ana, ada = make_citizen("Ana"), make_citizen("Ada")
    exchange = make_exchange(ana, title="Who cleans drains?", sought="All of them.")
    file, stream = make_file(ana), f"thread:{exchange.thread_id}"
    ana.is_active = False
    ana.save()

    changed = {"title": "Who cleans ravines?", "sought": "The steep ones.", "reason": "We counted."}
    change_request(exchange, by=ada, files=[make_file(ada).pk, file.pk], **request_fields(exchange), **changed)

    opening = exchange.thread.posts.get()
    revision = Revision.objects.get(post=opening)
    kept = (revision.title, revision.body_markdown, revision.reason)
    assert kept == ("Who cleans drains?", "All of them.", "We counted.")
    assert (opening.body_markdown, opening.edit_reason) == ("The steep ones.", "We counted.")
    assert opening.edited_at is not None
    assert (opening.file_count, revision.replaced_by) == (1, ada)
    told = set(StreamEntry.objects.filter(stream=stream).values_list("fact__name", flat=True))
    assert {"post_edited", "thread_retitled", "request_changed"} <= told


def request_fields(exchange: Exchange) -> dict[str, Any]:
    same = ("theme", "offered", "needed_by", "is_open_to_guests", "language")
    return {name: getattr(exchange, name) for name in same} | {"languages": exchange.spoken, "tags": []}


def test_who_responds_brings_her_city_in() -> None:
    ana, cai, colleague = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Cat", "belfast")
    exchange = make_exchange(ana)
    before = heads_of(["access"])["access"]

    make_response(exchange, cai, "Our wardens do.")

    assert roles(exchange) == {"quito": "asking", "belfast": "responded"}
    assert can_see_thread(colleague, exchange.thread)
    assert Post.objects.filter(thread=exchange.thread).latest("pk").body_markdown == "Our wardens do."
    assert heads_of(["access"])["access"] == before + 1


def test_an_invited_city_sees_nothing_of_the_conversation_until_it_responds() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_exchange(ana)

    invite_cities(exchange, by=ana, cities=[cai.city])

    assert roles(exchange)["belfast"] == "invited"
    assert not can_see_thread(cai, exchange.thread)
    make_response(exchange, cai)
    assert can_see_thread(cai, exchange.thread)


def test_who_is_in_it_already_is_not_invited_again() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_response(make_exchange(ana), cai)

    with pytest.raises(WrongCities):
        invite_cities(exchange, by=ana, cities=[cai.city, ana.city])

    assert roles(exchange) == {"quito": "asking", "belfast": "responded"}


def test_a_city_that_leaves_reads_no_more_and_may_come_back() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_response(make_exchange(ana), cai)

    leave_exchange(exchange, by=cai)

    assert not can_see_thread(cai, exchange.thread)
    make_response(exchange, cai, "We thought again.")
    assert can_see_thread(cai, exchange.thread)


@pytest.mark.parametrize("make", [make_matched, make_met])
def test_where_the_only_matched_city_leaves_the_request_is_open_again(make: Callable[..., Exchange]) -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make(ana, cai)

    leave_exchange(exchange, by=cai)

    exchange = fresh(exchange)
    assert (exchange.stage, exchange.matched_at, exchange.met_at) == (Stage.ASKED, None, None)
    assert turn_now(exchange).step == Step.ALONE
    assert withdraw_exchange(exchange, by=ana).withdrawn_at is not None


def test_a_city_that_left_comes_back_as_what_it_was() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_matched(ana, cai, mia)
    found = []

    for returning in (cai, ana):
        leave_exchange(exchange, by=cai)
        found.append(bool(can_see_thread(cai, exchange.thread)))
        return_city(exchange, by=returning, city=cai.city)
        found.append(roles(exchange)["belfast"])

    assert found == [False, "matched", False, "matched"]


def test_the_only_matched_city_comes_back_to_a_request_that_is_open_again() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_matched(ana, cai)
    leave_exchange(exchange, by=cai)

    return_city(exchange, by=cai, city=cai.city)

    assert roles(exchange)["belfast"] == "responded"
    assert match_cities(exchange, by=ana, cities=[cai.city]).stage == Stage.MATCHED


def test_no_city_comes_back_once_the_exchange_has_gone_on() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_matched(ana, cai, mia)
    leave_exchange(exchange, by=cai)
    say_met(exchange, by=mia)

    for member in (cai, ana):
        with pytest.raises(NotAllowed, match="gone on"):
            return_city(exchange, by=member, city=cai.city)

    assert roles(exchange)["belfast"] == "left"


def test_nobody_brings_back_a_city_that_said_no_or_another_ones() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_response(make_exchange(ana), mia)
    invite_cities(exchange, by=ana, cities=[cai.city])
    leave_exchange(exchange, by=cai)
    leave_exchange(exchange, by=mia)

    for member, city in ((ana, cai.city), (cai, mia.city)):
        with pytest.raises(NotAllowed):
            return_city(exchange, by=member, city=city)

    assert roles(exchange) == {"quito": "asking", "belfast": "left", "milan": "left"}


def test_only_cities_that_responded_are_matched() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_exchange(ana)

    with pytest.raises(NothingToMatch):
        match_cities(exchange, by=ana, cities=[cai.city])

    assert fresh(exchange).stage == Stage.ASKED


def test_two_cities_may_be_matched_with_the_one_that_asks() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")

    exchange = make_matched(ana, cai, mia)

    assert exchange.stage == Stage.MATCHED
    assert roles(exchange) == {"quito": "asking", "belfast": "matched", "milan": "matched"}


def test_a_meeting_is_set_moved_and_held() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_matched(ana, cai)
    at = timezone.now() + timedelta(days=2)

    set_meeting(exchange, by=cai, at=at, zone="Europe/London", link="https://meet.example/room")
    say_met(exchange, by=cai)
    say_met(exchange, by=ana)

    exchange = fresh(exchange)
    assert (exchange.meeting_at, exchange.meeting_link) == (at, "https://meet.example/room")
    assert exchange.stage == Stage.MET
    assert Fact.objects.filter(name="cities_met").count() == 1


def test_an_outcome_is_public_once_every_city_agrees() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai)
    outcome = make_draft(exchange, cai)

    agree_to_outcome(outcome, by=ana, version=outcome.text_version)
    between = Outcome.objects.get(exchange=exchange).published_at
    agree_to_outcome(outcome, by=cai, version=outcome.text_version)

    assert between is None
    assert Outcome.objects.get(exchange=exchange).published_at is not None
    assert (fresh(exchange).stage, fresh(exchange).ended_at is not None) == (Stage.OUTCOME, True)


def test_another_text_of_a_draft_drops_every_agreement() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai)
    agree_to_outcome(make_draft(exchange, ana), by=ana, version=1)

    outcome = make_draft(exchange, cai, word="Changed")

    assert (outcome.result_en, Agreement.objects.count()) == ("Changed result.", 0)


def test_what_is_public_stays_until_every_city_agrees_to_another_text() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_published(ana, cai)
    published_at = Outcome.objects.get(exchange=exchange).published_at

    outcome = make_draft(exchange, cai, word="Changed")
    steps = [(outcome.result_en, fresh(exchange).stage, turn_now(fresh(exchange)).step)]
    for member in (cai, ana):
        outcome = agree_to_outcome(outcome, by=member, version=outcome.text_version)
        steps.append((outcome.result_en, fresh(exchange).stage, turn_now(fresh(exchange)).step))

    assert steps == [
        ("Drained result.", Stage.OUTCOME, Step.AGREE),
        ("Drained result.", Stage.OUTCOME, Step.AGREE),
        ("Changed result.", Stage.OUTCOME, Step.DONE),
    ]
    outcome.refresh_from_db()
    assert (outcome.result_en, outcome.proposed, outcome.published_at) == ("Changed result.", None, published_at)


def test_a_change_of_what_is_public_is_taken_back_by_writing_the_public_text() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_published(ana, cai)
    make_draft(exchange, cai, word="Changed")

    outcome = make_draft(exchange, cai)

    assert (outcome.proposed, outcome.waits) == (None, False)


def test_the_same_text_again_changes_nothing() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_published(ana, cai)

    outcome = make_draft(exchange, cai)

    assert outcome.published_at is not None


def test_nobody_agrees_to_a_text_she_has_not_read() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai)
    read = make_draft(exchange, ana).text_version
    outcome = make_draft(exchange, cai, word="Other")

    with pytest.raises(OutcomeConflict):
        agree_to_outcome(outcome, by=ana, version=read)

    assert Agreement.objects.count() == 0


def test_two_who_write_at_once_do_not_overwrite_each_other() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai)
    make_draft(exchange, ana)

    with pytest.raises(OutcomeConflict):
        write_outcome(exchange, by=cai, language="en", version=0, **outcome_texts("Mine"))

    assert Outcome.objects.get(exchange=exchange).result_en == "Drained result."


def test_a_translation_stands_beside_the_original() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai)
    make_draft(exchange, ana, word="Drenado", language="es")

    outcome = make_draft(exchange, cai, word="Drained", language="en")

    assert (outcome.original_language, outcome.title_es, outcome.title_en) == ("es", "Drenado title.", "Drained title.")


def test_a_city_that_leaves_takes_the_agreements_with_it() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_met(ana, cai, mia)
    outcome = make_draft(exchange, ana)
    agree_to_outcome(outcome, by=cai, version=outcome.text_version)

    leave_exchange(exchange, by=mia)

    assert Agreement.objects.count() == 0


def test_a_withdrawn_request_comes_back() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_exchange(ana)

    withdraw_exchange(exchange, by=ana)
    with pytest.raises(NotAllowed):
        respond(exchange, by=cai, body="Late.", token="late")
    reopen_exchange(exchange, by=ana)
    make_response(exchange, cai)

    assert roles(exchange)["belfast"] == "responded"


def test_a_moderator_hides_a_request_with_its_conversation_and_says_why() -> None:
    ana, cai, dee = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_moderator()
    exchange = make_response(make_exchange(ana), cai)

    hide_exchange(exchange, by=dee, reason="An advertisement.")
    hidden = fresh(exchange)
    seen = [bool(can_see_thread(viewer, hidden.thread)) for viewer in (ana, cai, dee)]
    show_exchange(exchange, by=dee, reason="It was none.")

    assert seen == [True, False, True]
    assert not can_reply(ana, hidden.thread)
    assert can_see_thread(cai, fresh(exchange).thread)
    assert [decision.deed for decision in Decision.objects.order_by("pk")] == ["hide", "restore"]


def test_a_moderator_takes_an_outcome_away_and_puts_it_back() -> None:
    ana, cai, dee = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_moderator()
    outcome = Outcome.objects.get(exchange=make_published(ana, cai))

    away = take_outcome_away(outcome, by=dee, reason="It names a patient.").withdrawn_at
    back = put_outcome_back(outcome, by=dee, reason="The name is gone.").withdrawn_at

    assert (away is not None, back) == (True, None)
    assert [decision.deed for decision in Decision.objects.order_by("pk")] == ["hide", "restore"]


def test_other_words_of_the_request_begin_the_conversation_too() -> None:
    ana = make_citizen("Ana")
    exchange = make_exchange(ana, tags=["drains"])

    change_request(
        exchange, by=ana, title="Ravines", theme=exchange.theme, sought="Who cleans them?", offered="",
        languages=["pt"], needed_by=soon(), tags=["ravines"], is_open_to_guests=True, language="en",
    )  # fmt: skip

    exchange = fresh(exchange)
    opening = exchange.thread.posts.get(kind="opening")
    assert (exchange.slug, exchange.thread.title, opening.body_markdown) == ("ravines", "Ravines", "Who cleans them?")
    assert (exchange.spoken, [tag.name for tag in exchange.tags.all()]) == (["pt"], ["ravines"])


def test_the_opening_post_is_not_edited_behind_the_requests_back() -> None:
    ana = make_citizen("Ana")
    exchange = make_exchange(ana)

    with pytest.raises(NotAllowed):
        edit_post(exchange.thread.posts.get(), by=ana, body="Something else.")


def test_nothing_private_is_told_on_a_stream_that_others_hear() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_exchange(ana)
    shared = [f"forum:{exchange.forum_id}", f"exchange:{exchange.pk}", "exchanges", "site"]
    before = heads_of(shared)

    invite_cities(exchange, by=ana, cities=[mia.city])
    make_response(exchange, cai)
    post_reply(exchange.thread, author=ana, body="When?", token="when")

    assert heads_of(shared) == before
    assert StreamEntry.objects.filter(stream=f"thread:{exchange.thread_id}").count() >= 4


def test_who_moves_to_another_city_is_asked_for_access_again() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_response(make_exchange(ana), cai)
    before = heads_of(["access"])["access"]
    same = {"position": "", "organisation": "", "reads": [], "language": "en", "timezone": "UTC", "about": ""}

    moved = change_profile(cai, by=cai, name="Cai", city=make_city("milan"), themes=[], tags=[], **same)

    assert heads_of(["access"])["access"] == before + 1
    assert not can_see_thread(moved, exchange.thread)


def test_an_offer_is_made_once() -> None:
    ana = make_citizen("Ana")

    first, again = make_offer_of(ana, token="one"), make_offer_of(ana, token="one")

    assert first == again
    assert Offer.objects.count() == 1


@pytest.mark.django_db(transaction=True)
def test_two_who_match_at_once_match_once(together: Callable[..., list[BaseException]]) -> None:
    ana, cai, mia, dee = (
        make_citizen("Ana"),
        make_citizen("Cai", "belfast"),
        make_citizen("Mia", "milan"),
        make_moderator(),
    )
    exchange = make_response(make_response(make_exchange(ana), cai), mia)

    raised = together(
        lambda: match_cities(exchange, by=ana, cities=[cai.city]),
        lambda: match_cities(exchange, by=dee, cities=[cai.city, mia.city]),
        lambda: match_cities(exchange, by=dee, cities=[cai.city]),
    )

    assert raised == []
    assert fresh(exchange).stage == Stage.MATCHED
    assert roles(exchange) == {"quito": "asking", "belfast": "matched", "milan": "matched"}
    assert Party.objects.filter(exchange=exchange, role=PartyRole.MATCHED).count() == 2


def test_a_city_that_was_not_matched_reads_no_more_until_it_is() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_response(make_response(make_exchange(ana), cai), mia)
    before = heads_of(["access"])["access"]

    match_cities(exchange, by=ana, cities=[cai.city])

    assert roles(exchange) == {"quito": "asking", "belfast": "matched", "milan": "unmatched"}
    assert [bool(can_see_thread(each, exchange.thread)) for each in (cai, mia)] == [True, False]
    assert heads_of(["access"])["access"] > before

    match_cities(exchange, by=ana, cities=[mia.city])

    assert roles(exchange) == {"quito": "asking", "belfast": "matched", "milan": "matched"}
    assert can_see_thread(mia, exchange.thread)


def test_a_city_that_was_not_matched_may_say_that_it_will_not_be_and_no_agreement_goes() -> None:
    ana, cai, mia = make_citizen("Ana"), make_citizen("Cai", "belfast"), make_citizen("Mia", "milan")
    exchange = make_response(make_response(make_exchange(ana), cai), mia)
    match_cities(exchange, by=ana, cities=[cai.city])
    say_met(exchange, by=cai)
    outcome = make_draft(exchange, cai)
    agree_to_outcome(outcome, by=ana, version=outcome.text_version)

    leave_exchange(exchange, by=mia)

    assert roles(exchange)["milan"] == "left"
    assert Agreement.objects.count() == 1
