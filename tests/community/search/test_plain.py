"""What the database answers while no engine does: titles and names, narrowed by every filter as the engine narrows."""

from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from functools import partial

import pytest
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.utils import timezone

from community.members.models import City, Member
from community.programmes.models import Programme
from community.search.engine import Kind, SearchRequest, Sort
from community.search.generations import rebuild
from community.search.models import Generation
from community.search.queries import Answers, plainly, search
from community.topics.models import Tag
from forums.choices import ForumKind
from forums.models import Forum, Outcome, Post
from tests.factories.exchanges import make_exchange, make_published
from tests.factories.forums import make_members_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_city, make_member
from tests.factories.webinars import make_series, make_session, make_speaker
from webinars.models import Series

GUEST = AnonymousUser()
WORD = "gabions"


@pytest.fixture
def house(indexed: Callable[[], None]) -> None:
    """Two of each kind, of another language, city, tag, place and day each, all of gabions; and as much beside them."""
    quito, dakar = make_city("quito", name_en="Gabions of Quito"), make_city("dakar", name_en="Gabions of Dakar")
    quito.language, dakar.language = "es", "fr"
    City.objects.bulk_update([quito, dakar], ["language"])
    programme = Programme.objects.create(slug="walls", title_en="Walls")
    for number, (city, language) in enumerate([(quito, "es"), (dakar, "fr")]):
        author = make_member(f"Gabions {number}", city=city, city_confirmed_at=timezone.now())
        helper = make_member(f"Helper {number}", city=make_city(f"h-{number}"), city_confirmed_at=timezone.now())
        make_thread(title=f"Gabions {number}", tags=[f"tag {number}"], author=author, language=language)
        make_exchange(
            author, title=f"Gabions {number}", tags=[f"tag {number}"], language=language, is_open_to_guests=True
        )
        make_published(author, helper, title="Pumps", tags=[f"tag {number}"])
        make_session(
            f"gabions-{number}",
            series=make_series(f"series-{number}"),
            titles={language: f"Gabions {number}"},
            languages=(language,),
            starts_at=timezone.now() + timedelta(days=10 * number + 1),
            speakers=(make_speaker(city_id=city.pk),),
            **({"programme_id": programme.pk} if number else {}),
        )
    make_thread(make_members_forum("closed"), title="Gabions for members")
    make_thread(title="Something else", tags=["tag 0"], language="es")
    Outcome.objects.update(title_en="Gabions held")
    Member.objects.filter(name="Gabions 1").update(joined_at=datetime(2020, 1, 1, tzinfo=UTC))
    Post.objects.filter(thread__title="Gabions 1").update(written_at=datetime(2020, 1, 1, tzinfo=UTC))
    rebuild()


def found(answers: Answers) -> set[tuple[str, str, str]]:
    return {(line.found.kind, line.found.title, line.found.address) for line in answers.shown}


def forum_of(**forum: object) -> int:
    return Forum.objects.get(threads__title="Gabions 0", **forum).pk


DAY = 24 * 3600
NONE_OF = (f"the kind {Kind.RECORDING}", f"the kind {Kind.ANSWER}")  # the house has none
FILTERS: dict[str, Callable[[], dict[str, object]]] = {
    "nothing": dict,
    "a language": lambda: {"languages": ("es",)},
    "two languages": lambda: {"languages": ("es", "fr")},
    "a tag": lambda: {"tags": (Tag.objects.get(name="tag 0").pk,)},
    "a city": lambda: {"cities": (City.objects.get(slug="dakar").pk,)},
    "a programme": lambda: {"programmes": (Programme.objects.get().pk,)},
    "a forum": lambda: {"places": (f"forum-{forum_of(kind=ForumKind.DISCUSSION)}",)},
    "the peers' forum": lambda: {"places": (f"forum-{forum_of(kind=ForumKind.EXCHANGE)}",)},
    "a series": lambda: {"places": (f"series-{Series.objects.get(slug='series-1').pk}",)},
    "a forum that is none": lambda: {"places": ("forum-999999999999999999999",)},
    "from a day": lambda: {"since": int(timezone.now().timestamp()) - DAY},
    "until a day": lambda: {"until": int(timezone.now().timestamp()) - DAY},
    "both days": lambda: {"since": 1_500_000_000, "until": int(timezone.now().timestamp()) + 3 * DAY},
    "a tag and a city": lambda: {
        "tags": (Tag.objects.get(name="tag 0").pk,),
        "cities": (City.objects.get(slug="dakar").pk,),
    },
    **{f"the kind {kind}": partial(dict, kinds=(kind,)) for kind in Kind},
}


@pytest.mark.parametrize("name", FILTERS)
def test_every_filter_narrows_the_databases_answer_as_the_engines(name: str, house: None) -> None:
    request = SearchRequest(WORD, frozenset(), **FILTERS[name]())  # type: ignore[arg-type]

    plain = found(plainly(GUEST, request))

    assert plain == found(search(GUEST, request))
    assert plain or name in ("a tag and a city", "a forum that is none", *NONE_OF)


def test_a_word_that_means_a_tag_counts_as_it(house: None) -> None:
    meant = Tag.objects.get(name="tag 0")
    Tag.objects.filter(name="tag 1").update(synonym_of=meant)

    titles = {line.found.title for line in plainly(GUEST, SearchRequest(WORD, frozenset(), tags=(meant.pk,))).shown}

    assert titles == {"Gabions 0", "Gabions 1", "Gabions held"}


def test_answers_alone_are_those_that_helped_most_one_of_a_thread(db: None) -> None:
    thread = make_thread(make_question_forum("ask"), title="How do gabions hold?")
    _first, second = (make_post(thread, body=f"Answer {number}.") for number in range(2))
    Post.objects.filter(pk=second.pk).update(helpful_count=3)

    answers = plainly(GUEST, SearchRequest(WORD, frozenset(), kinds=(Kind.ANSWER,)))

    assert [line.found.address for line in answers.shown] == [f"/posts/{second.pk}/"]


def test_newest_first_where_that_is_asked(db: None) -> None:
    make_session("soon", titles={"en": "Gabions soon"})
    make_thread(title="Gabions now")

    answers = plainly(GUEST, SearchRequest(WORD, frozenset(), sort=Sort.NEWEST))

    assert [line.found.title for line in answers.shown] == ["Gabions soon", "Gabions now"]


def test_more_than_a_page_of_plain_answers_has_a_second_page(db: None) -> None:
    for number in range(8):
        make_thread(title=f"Gabions {number}")
        make_session(f"session-{number}", titles={"en": f"Gabions {number}"})
        make_city(f"city-{number}", name_en=f"Gabions {number}")

    pages = [plainly(GUEST, SearchRequest(WORD, frozenset(), page=page)) for page in (1, 2, 3)]

    assert [(len(each.shown), each.total) for each in pages] == [(20, 21), (1, 21), (0, 21)]
    assert not found(pages[0]) & found(pages[1])


def test_the_page_keeps_its_filters_and_says_what_is_not_looked_through(db: None) -> None:
    make_thread(title="Gabions here", tags=["walls"])
    make_thread(title="Gabions there")

    html = Client().get("/search/?q=gabions&tag=walls").content.decode()

    assert "1 result" in html
    assert "here" in html
    assert "there" not in html.split('id="results"')[1]
    assert "only titles and names are looked through" in html
    assert not Generation.objects.exists()
