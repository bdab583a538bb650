"""The index follows the database: whatever is written, deleted or hidden, and whenever somebody dies."""

from collections.abc import Callable, Iterator

import pytest
from django.contrib.auth.models import AnonymousUser
from django.core.management import CommandError, call_command
from django.utils import timezone

from community.facts.models import Delivery
from community.members.models import Member
from community.search.documents import CHANGES, documents_of
from community.search.engine import Facet, SearchRequest
from community.search.engines import engine
from community.search.generations import (
    AlreadyBuilding,
    compare,
    every_key,
    live,
    rebuild,
    repair,
    roll_back,
)
from community.search.models import Generation, Standing
from community.search.queries import Answers, search
from forums.actions import delete_post, edit_post, hide_post, post_reply, undelete_post
from forums.actions.exchanges import hide_exchange, withdraw_exchange
from forums.actions.keeping import keep_forum
from tests.factories.exchanges import make_citizen, make_exchange, make_published
from tests.factories.forums import make_forum, make_members_forum, make_post, make_thread, opening_of
from tests.factories.members import make_member, make_moderator, make_organiser
from tests.factories.webinars import make_session
from webinars.actions import retitle_session, show_session
from webinars.choices import Visibility

Deliver = Callable[[], None]
GUEST = AnonymousUser()


def ask(q: str, viewer: Member | AnonymousUser = GUEST, **told: object) -> Answers:
    return search(viewer, SearchRequest(q, frozenset(), **told))  # type: ignore[arg-type]


def name_of_live() -> str:
    generation = live()
    assert generation
    return generation.name


def found(q: str, viewer: Member | AnonymousUser = GUEST) -> set[str]:
    return {each.found.title for each in ask(q, viewer).shown}


def test_what_is_posted_is_found_once_it_was_delivered(indexed: Deliver) -> None:
    make_thread(title="Ravine walls", body="Gabions held in Medellín.")

    assert found("gabions") == set()
    indexed()

    assert found("gabions") == {"Ravine walls"}
    assert found("medellin") == {"Ravine walls"}


def test_an_edited_post_is_found_by_its_new_words_alone(indexed: Deliver) -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(title="Walls"), author=ana, body="Gabions.")
    indexed()

    edit_post(post, by=ana, body="Terraces.", reason="")
    indexed()

    assert found("gabions ") == set()
    assert found("terraces") == {"Walls"}


def test_a_hidden_or_deleted_post_is_gone_at_once_though_no_worker_works(indexed: Deliver) -> None:
    ana, thread = make_member("Ana"), make_thread(title="Walls", tags=["gabions-tag"])
    one, two = (make_post(thread, author=ana, body=f"Gabions {number}.") for number in range(2))
    indexed()

    hide_post(one, by=make_moderator(), reason="Off topic.")
    delete_post(two, by=ana)
    answer = ask("gabions 0", facets=(Facet.KIND,))

    assert not answer.shown
    assert answer.total == 0
    assert not answer.facets.get(Facet.KIND)
    indexed()
    assert {f"post-{one.pk}", f"post-{two.pk}"}.isdisjoint(dict(engine().versions(name_of_live())))

    undelete_post(two, by=ana)
    indexed()
    assert found('"gabions 1"') == {"Walls"}


def test_with_its_opening_post_a_whole_thread_is_gone(indexed: Deliver) -> None:
    ana = make_member("Ana")
    thread = make_thread(title="Walls", author=ana)
    make_post(thread, body="Gabions.")
    indexed()

    hide_post(opening_of(thread), by=make_moderator(), reason="Spam.")

    assert found("gabions") == set()
    indexed()
    assert found("gabions") == set()


def test_what_is_for_members_is_found_by_members(indexed: Deliver) -> None:
    make_thread(make_members_forum(), title="Budget lines")
    indexed()

    assert found("budget lines") == set()
    assert found("budget lines", make_member("Cai")) == {"Budget lines"}


def test_a_conversation_between_cities_is_found_by_them_alone(indexed: Deliver) -> None:
    ana, cai = make_citizen("Ana", "quito"), make_citizen("Cai", "belfast")
    exchange = make_exchange(ana, title="Who cleans ravines?", is_open_to_guests=True)
    post_reply(exchange.thread, author=ana, body="Gabions, we think.", token="t")
    indexed()

    assert found("ravines") == {"Who cleans ravines?"}
    assert found("gabions", cai) == found("gabions") == set()
    assert found("gabions", ana) == {exchange.thread.title}
    assert found("gabions", make_moderator()) == {exchange.thread.title}


@pytest.mark.parametrize("way", ["withdrawn", "hidden"])
def test_a_request_taken_away_is_gone_at_once(way: str, indexed: Deliver) -> None:
    ana = make_citizen("Ana", "quito")
    exchange = make_exchange(ana, title="Who cleans ravines?", is_open_to_guests=True)
    indexed()
    assert found("ravines")

    if way == "withdrawn":
        withdraw_exchange(exchange, by=ana)
    else:
        hide_exchange(exchange, by=make_moderator(), reason="Advertising.")

    assert found("ravines") == set()
    indexed()
    assert f"exchange-{exchange.pk}" not in dict(engine().versions(name_of_live()))


def test_a_published_outcome_is_found_by_everybody(indexed: Deliver) -> None:
    make_published(make_citizen("Ana", "quito"), make_citizen("Cai", "belfast"))
    indexed()

    [outcome] = [each for each in ask("drained").shown if each.found.kind == "outcome"]

    assert "Drained" in outcome.found.title


def test_a_session_is_found_by_its_new_title(indexed: Deliver) -> None:
    session = make_session(titles={"en": "Heat at night", "es": "Calor de noche"})
    indexed()
    assert found("calor") == {"Heat at night"}

    retitle_session(session.pk, titles={"en": "Cool at night"}, abstracts={})
    indexed()

    assert found("cool night") == {"Cool at night"}


def test_a_session_is_found_by_whom_it_is_for(indexed: Deliver) -> None:
    session = make_session(titles={"en": "Zanzibarine heat"}, visibility=Visibility.MEMBERS)
    indexed()
    assert found("zanzibarine") == set()
    assert found("zanzibarine", make_member("Cai")) == {"Zanzibarine heat"}

    show_session(session.pk, to=Visibility.DRAFT)

    assert found("zanzibarine", make_member("Dan")) == set()
    indexed()
    assert found("zanzibarine", make_member("Ed")) == set()
    assert found("zanzibarine", make_organiser()) == {"Zanzibarine heat"}


def test_members_and_cities_are_found(indexed: Deliver) -> None:
    make_citizen("Wanjiru Kamau", "nairobi")
    rebuild()

    assert "Wanjiru Kamau" in found("kamau")
    assert found("nairobi")


def test_nothing_differs_after_any_of_it(indexed: Deliver) -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana, title="Walls")
    post = make_post(thread, author=ana)
    rebuild()
    edit_post(post, by=ana, body="Other words.", reason="")
    delete_post(post, by=ana)
    indexed()

    generation = live()
    assert generation
    assert not compare(generation)


def test_a_difference_is_found_told_and_mended(indexed: Deliver, capsys: pytest.CaptureFixture[str]) -> None:
    thread = make_thread(title="Walls")
    indexed()
    engine().apply(name_of_live(), [], [f"post-{opening_of(thread).pk}"])
    generation = live()
    assert generation

    with pytest.raises(CommandError, match="differ"):
        call_command("search", "check")
    assert f"missing post-{opening_of(thread).pk}" in capsys.readouterr().out
    repair(generation, compare(generation))

    assert not compare(generation)


def test_readers_are_answered_while_a_new_index_is_built_and_it_takes_the_place_whole(indexed: Deliver) -> None:
    thread = make_thread(title="Walls")
    indexed()
    before = live()

    made = rebuild()

    assert found("walls") == {"Walls"}
    assert live() == made != before
    assert dict(engine().versions(made.name)).keys() == {document.key for document in documents_of(every_key())}
    assert roll_back() == before
    delete_post(opening_of(thread), by=thread.author)
    indexed()
    assert [dict(engine().versions(each.name)).get(f"post-{opening_of(thread).pk}") for each in (made, before)] == [
        None,
        None,
    ]


def test_one_left_half_built_by_who_died_keeps_nothing_from_the_others(indexed: Deliver) -> None:
    Generation.objects.create(standing=Standing.BUILDING)
    make_thread(title="Walls")

    indexed()

    assert found("walls") == {"Walls"}
    assert not Delivery.objects.filter(lane="index", done_at=None).exists()


def test_who_opens_a_forum_to_guests_lets_them_find_what_is_there(indexed: Deliver) -> None:
    forum = make_members_forum()
    make_thread(forum, title="Walls")
    indexed()
    assert found("walls") == set()

    forum.audience = "guests"
    keep_forum(forum, by_id=None)
    indexed()

    assert found("walls") == {"Walls"}


def test_what_was_hidden_and_whose_delivery_is_parked_stays_out(indexed: Deliver) -> None:
    post = make_post(make_thread(title="Walls"), body="Zanzibarine.")
    indexed()
    hide_post(post, by=make_moderator(), reason="Private.")
    Delivery.objects.filter(lane="index", done_at=None).update(parked_at=timezone.now())

    assert ask("zanzibarine").total == 0


def test_two_are_not_built_at_once(indexed: Deliver) -> None:
    Generation.objects.create(standing=Standing.BUILDING)

    with pytest.raises(AlreadyBuilding):
        rebuild()
    assert live()


@pytest.fixture
def away(indexed: Deliver) -> Iterator[None]:
    """Its index cannot be read or written: its folder is not where it was."""
    path = engine().folder  # type: ignore[attr-defined]
    moved = path.with_name("elsewhere")
    path.rename(moved)
    path.write_text("in the way")
    yield
    if path.is_file():
        path.unlink()
        moved.rename(path)


@pytest.mark.usefixtures("away")
def test_while_the_engine_is_away_the_database_answers_and_nothing_is_lost(indexed: Deliver) -> None:
    thread = make_thread(title="Walls of gabions")
    for number in range(3):
        make_post(thread, body=f"Gabion {number}.")
    indexed()

    answer = ask("gabions")

    assert answer.is_plain
    assert [each.found.title for each in answer.shown] == ["Walls of gabions"]
    waiting = Delivery.objects.filter(lane="index", done_at=None)
    assert waiting.exists()
    assert not waiting.filter(parked_at__isnull=False).exists()


def test_every_fact_that_names_a_thing_of_ours_can_be_followed() -> None:
    assert len(CHANGES) > 30
    assert all(functions for functions in CHANGES.values())


def test_a_moved_thread_is_found_where_it_is(indexed: Deliver) -> None:
    from forums.actions import move_thread

    thread = make_thread(make_forum("open"), title="Walls")
    indexed()
    move_thread(thread, to=make_members_forum("closed"), by=make_moderator(), reason="Belongs there.")

    assert found("walls") == set()
    indexed()
    assert found("walls") == set()
    assert found("walls", make_member("Cai")) == {"Walls"}


@pytest.mark.parametrize(
    ("q", "titles"),
    [
        ("zzyzx gabions", {"Ravine walls"}),
        ("zzyzx qwerty gabions held", {"Ravine walls"}),
        ("zzyzx gabions pumps", {"Ravine walls"}),
        ('zzyzx "gabions held"', {"Ravine walls"}),
        ("zzyzx gabions -held", set()),
        ("zzyzx qwerty", set()),
    ],
)
def test_words_that_stand_nowhere_are_left_out_wherever_they_stand(q: str, titles: set[str], indexed: Deliver) -> None:
    make_thread(title="Ravine walls", body="Gabions held in Medellín.")
    make_thread(title="Pumps", body="Dry.")
    indexed()

    answers = ask(q)

    assert {each.found.title for each in answers.shown} == titles
    assert answers.is_partial == bool(titles)
