"""Voting, and what it leaves behind."""

from collections.abc import Callable

import pytest
from django.db import IntegrityError, transaction

from community.facts.models import Fact
from community.members.rulings import NotAllowed
from community.polls.actions import PollPlan, WrongChoice, cast, change_poll, close_poll, reopen_poll
from community.polls.models import Ballot, Poll
from tests.factories.forums import make_thread
from tests.factories.members import make_member
from tests.factories.polls import counts_of, make_poll, options_of


@pytest.mark.django_db
def test_a_vote_can_be_changed_and_taken_back() -> None:
    cai, poll = make_member("Cai"), make_poll(make_thread())
    north, market, _ = options_of(poll)

    cast(poll, by=cai, option_ids=[north.pk])
    cast(poll, by=cai, option_ids=[market.pk])
    changed = counts_of(poll), Poll.objects.get().voter_count
    cast(poll, by=cai, option_ids=[])

    assert changed == ([0, 1, 0], 1)
    assert (counts_of(poll), Poll.objects.get().voter_count) == ([0, 0, 0], 0)


@pytest.mark.django_db
def test_several_options_may_be_chosen_only_where_the_poll_says_so() -> None:
    cai = make_member("Cai")
    one, several = make_poll(make_thread()), make_poll(make_thread(), is_multiple=True)

    with pytest.raises(WrongChoice):
        cast(one, by=cai, option_ids=[option.pk for option in options_of(one)[:2]])
    cast(several, by=cai, option_ids=[option.pk for option in options_of(several)[:2]])

    assert (counts_of(one), counts_of(several)) == ([0, 0, 0], [1, 1, 0])
    assert Poll.objects.get(pk=several.pk).voter_count == 1


@pytest.mark.django_db
def test_an_option_of_another_poll_is_none_of_this_one() -> None:
    poll, other = make_poll(make_thread()), make_poll(make_thread())

    with pytest.raises(WrongChoice):
        cast(poll, by=make_member("Cai"), option_ids=[options_of(other)[0].pk])

    assert not Ballot.objects.exists()


@pytest.mark.django_db
def test_the_database_takes_one_ballot_of_a_member_where_one_may_be_chosen() -> None:
    cai, poll = make_member("Cai"), make_poll(make_thread())
    north, market, _ = options_of(poll)
    cast(poll, by=cai, option_ids=[north.pk])

    for option in (north, market):
        with pytest.raises(IntegrityError), transaction.atomic():
            Ballot.objects.create(poll=poll, option=option, member=cai, is_only=True)


@pytest.mark.django_db
def test_a_closed_poll_takes_no_votes_until_it_is_open_again() -> None:
    ana, cai, poll = make_member("Ana"), make_member("Cai"), make_poll(make_thread())
    choice = [options_of(poll)[0].pk]
    close_poll(poll, by=ana)

    with pytest.raises(NotAllowed, match="closed"):
        cast(poll, by=cai, option_ids=choice)
    reopen_poll(poll, by=ana)
    cast(poll, by=cai, option_ids=choice)

    assert counts_of(poll) == [1, 0, 0]


@pytest.mark.django_db
@pytest.mark.parametrize("results", ["voted", "closed"])
def test_counts_that_all_could_read_while_it_was_closed_stay_readable_to_all(results: str) -> None:
    ana, thread = make_member("Ana"), make_thread()
    poll = make_poll(thread, results=results)
    cast(poll, by=make_member("Cai"), option_ids=[options_of(poll)[0].pk])

    close_poll(poll, by=ana)
    reopen_poll(poll, by=ana)

    assert Poll.objects.get().shows_results


@pytest.mark.django_db
def test_once_somebody_has_voted_the_words_stay() -> None:
    ana, poll = make_member("Ana"), make_poll(make_thread())
    change_poll(poll, PollPlan("Which bridge?", ("North", "South")), by=ana)
    cast(poll, by=make_member("Cai"), option_ids=[options_of(poll)[1].pk])

    with pytest.raises(NotAllowed):
        change_poll(poll, PollPlan("Which school?", ("One", "Two")), by=ana)

    assert (Poll.objects.get().question, counts_of(poll)) == ("Which bridge?", [0, 1])


@pytest.mark.django_db
def test_no_fact_says_who_voted() -> None:
    poll = make_poll(make_thread())

    cast(poll, by=make_member("Cai"), option_ids=[options_of(poll)[0].pk])

    voted = Fact.objects.get(name="poll_voted")
    assert (voted.ids, voted.actor_id) == ({"poll_id": poll.pk}, None)


@pytest.mark.django_db(transaction=True)
def test_twenty_votes_at_once_are_all_counted(together: Callable[..., list[BaseException]]) -> None:
    poll = make_poll(make_thread())
    options = [option.pk for option in options_of(poll)]
    members = [make_member(f"Voter {number}") for number in range(20)]

    raised = together(
        *(
            lambda member=member, number=number: cast(poll, by=member, option_ids=[options[number % 2]])
            for number, member in enumerate(members)
        )
    )

    assert raised == []
    assert (counts_of(poll), Poll.objects.get().voter_count) == ([10, 10, 0], 20)


@pytest.mark.django_db(transaction=True)
def test_one_member_voting_at_once_on_many_devices_has_one_vote(
    together: Callable[..., list[BaseException]],
) -> None:
    cai, poll = make_member("Cai"), make_poll(make_thread())
    options = [option.pk for option in options_of(poll)]

    raised = together(
        *(lambda number=number: cast(poll, by=cai, option_ids=[options[number % 3]]) for number in range(8))
    )

    assert raised == []
    assert (sum(counts_of(poll)), Poll.objects.get().voter_count, Ballot.objects.count()) == (1, 1, 1)
