"""Who is erased leaves no name where the house had put it, and open pages hear of it."""

import pytest

from community.facts.models import Fact, StreamEntry
from community.members.models import Member
from community.privacy.actions import erase_member
from forums.actions import keep_bookmark, pin_summary, save_draft, vote
from forums.actions.exchanges import agree_to_outcome
from forums.actions.exchanges.outcomes import TEXTS
from forums.models import Bookmark, Draft, Exchange, Offer, Outcome, Post, Summary, Thread
from tests.factories.exchanges import make_citizen, make_draft, make_exchange, make_met, make_offer_of
from tests.factories.forums import make_post, make_thread, opening_of
from tests.factories.members import make_member
from tests.forums.counting import assert_counters_are_right

pytestmark = pytest.mark.django_db(transaction=True)

SAID = "Thank you @ana.\n\n> **Ana**\n>\n> Clear it twice.\n"
LEFT = "Thank you a former member.\n\n> **a former member**\n>\n> Clear it twice.\n"


@pytest.fixture
def ana() -> Member:
    return make_citizen("Ana")


def told(stream: str) -> list[str]:
    """Names of facts that open pages on this stream heard, in their order."""
    return list(StreamEntry.objects.filter(stream=stream).order_by("seq").values_list("fact__name", flat=True))


def test_her_name_goes_from_summaries_and_from_what_others_keep_for_themselves(ana):
    cai = make_member("Cai")
    thread = make_thread(author=cai)
    pin_summary(thread, by=cai, body=SAID)
    keep_bookmark(opening_of(thread), by=cai, note="Ask @ana.", remind_at=None)
    save_draft(cai, place=f"thread:{thread.pk}", fields={"body": SAID}, version=0)
    Draft.objects.update(other={"body": SAID, "polls": [{"question": "Is @ana right?"}]})

    erase_member(ana)

    summary = Summary.objects.get()
    assert summary.body_markdown.rstrip() == LEFT.rstrip()
    assert "a former member" in summary.body_html and "ana" not in summary.body_html.lower()
    assert Bookmark.objects.get().note == "Ask a former member."
    draft = Draft.objects.get()
    assert draft.fields == {"body": LEFT}
    assert draft.other == {"body": LEFT, "polls": [{"question": "Is a former member right?"}]}


def test_her_name_goes_from_what_cities_wrote_and_what_they_agreed_to_stands(ana):
    cai = make_citizen("Cai", "lima")
    exchange = make_met(cai, make_citizen("Sol", "puno"), sought=SAID, offered="Ask @ana.")
    outcome = make_draft(exchange, cai, "Seen by @ana:")
    make_draft(exchange, cai, "Visto con @ana:", language="es")
    outcome.refresh_from_db()
    agree_to_outcome(outcome, by=cai, version=outcome.text_version)
    offer = make_offer_of(cai, body=SAID)

    erase_member(ana)

    exchange = Exchange.objects.get()
    assert (exchange.sought.rstrip(), exchange.offered) == (LEFT.rstrip(), "Ask a former member.")
    assert Offer.objects.get().body.rstrip() == LEFT.rstrip()
    stands = Outcome.objects.get()
    assert stands.agreements.count() == 1 and stands.text_version == outcome.text_version
    assert {stands.context_en, stands.title_en} == {
        "Seen by a former member: context.",
        "Seen by a former member: title.",
    }
    assert not any(
        "@ana" in str(value) for value in Outcome.objects.values(*TEXTS, "context_es", "title_es").get().values()
    )
    assert Offer.objects.get().version == offer.version + 1


def test_a_quote_is_found_under_a_name_with_signs_of_markdown():
    ana = make_member("Ana_María *Q*", handle="ana")
    post = make_post(make_thread(), make_member("Cai"), "> **Ana\\_María \\*Q\\***\n>\n> Twice.")
    save_draft(post.author, place="thread:1", fields={"body": post.body_markdown}, version=0)

    erase_member(ana)

    post.refresh_from_db()
    assert post.body_markdown == "> **a former member**\n>\n> Twice."
    assert Draft.objects.get().fields == {"body": post.body_markdown}


def test_every_thread_that_shows_her_is_told_also_where_she_only_replied_or_was_named(ana):
    cai = make_member("Cai")
    opened, replied, named, summed, untouched = (make_thread(author=each) for each in (ana, cai, cai, cai, cai))
    make_post(replied, ana)
    make_post(named, cai, "> **Ana**\n>\n> Twice.")
    pin_summary(summed, by=cai, body="As @ana says.")

    erase_member(ana)

    forgotten = [
        thread for thread in (opened, replied, named, summed) if "author_forgotten" in told(f"thread:{thread.pk}")
    ]
    assert forgotten == [opened, replied, named, summed]
    assert "author_forgotten" not in told(f"thread:{untouched.pk}")
    assert set(Post.objects.values_list("author__handle", flat=True)) == {None, "cai"}


def test_pages_of_exchanges_and_offers_hear_and_the_forum_hears_nothing_of_a_conversation(ana):
    exchange, offer = make_exchange(ana), make_offer_of(ana)

    erase_member(ana)

    assert "author_forgotten" in told(f"exchange:{exchange.pk}") and "author_forgotten" in told(
        f"thread:{exchange.thread_id}"
    )
    assert "author_forgotten" in told("exchanges")
    assert "author_forgotten" not in told(f"forum:{exchange.forum_id}")
    assert Fact.objects.filter(name="offer_changed", ids={"offer_id": offer.pk}).count() == 2


def test_votes_are_taken_back_and_told_as_if_she_had_done_it(ana):
    cai, bo = make_member("Cai"), make_member("Bo")
    posts = [opening_of(make_thread(author=cai)), make_post(make_thread(author=cai), cai)]
    for post in posts:
        vote(post, by=ana)
        vote(post, by=bo)

    erase_member(ana)

    for post in posts:
        before = post.version
        post.refresh_from_db()
        assert post.helpful_count == 1 and post.version > before
        assert told(f"thread:{post.thread_id}").count("post_voted") == 3
    assert_counters_are_right()


def test_a_text_that_is_too_heavy_today_keeps_nobody_here(ana):
    post = make_post(make_thread(), make_member("Cai"))
    Post.objects.filter(pk=post.pk).update(body_markdown="@ana " + "[" * 20_000)

    erase_member(ana)

    post.refresh_from_db()
    assert post.body_markdown.startswith("a former member [") and post.body_html.startswith("<p>a former member [")
    assert Thread.objects.count() == 1
