"""What every engine finds, and what none does."""

from collections import Counter
from collections.abc import Callable

import pytest

from community.search.engine import Facet, Kind, SearchEngine, SearchRequest, Sort
from tests.community.search.conftest import GENERATION, Ask
from tests.community.search.corpus import CORPUS, DAY, GUEST, MEMBER, SYNONYMS, TAKING_PART

Find = Callable[..., set[str]]
Index = Callable[..., None]


@pytest.fixture(autouse=True)
def corpus(request: pytest.FixtureRequest) -> None:
    if "index" in request.fixturenames or "find" in request.fixturenames or "ask" in request.fixturenames:
        request.getfixturevalue("index")(CORPUS)


@pytest.mark.parametrize(
    ("q", "group"),
    [
        ("culverts rains", "thread-1"),
        ("financia reconstrucción", "thread-2"),
        ("moradores", "thread-3"),
        ("collective", "thread-4"),
        ("تنتظر", "thread-5"),
        ("hochwasser", "thread-30"),  # of a language we do not speak
    ],
)
def test_an_exact_word_is_found_in_each_language(q: str, group: str, find: Find) -> None:
    assert find(q) == {group}


@pytest.mark.parametrize(
    ("q", "group"),
    [
        ("ONIBUS", "thread-3"),
        ("onibus", "thread-3"),
        ("Ônibus", "thread-3"),
        ("inundacion", "thread-2"),
        ("fínáncia", "thread-2"),
        ("oeuvre", "thread-4"),
        ("œuvre", "thread-4"),
        ("coeur", "thread-4"),
        ("lodz", "thread-7"),
        ("Łódź", "thread-7"),
        ("orsted", "thread-7"),
        ("dechets", "thread-4"),
    ],
)
def test_case_accents_and_ligatures_make_no_difference(q: str, group: str, find: Find) -> None:
    assert find(f"{q} ") == {group}


@pytest.mark.parametrize("q", ["إدارة", "ادارة", "اداره", "إِدَارَة", "إدارةـ", "والإدارة", "مياه", "المياه", "والمياه"])
def test_arabic_is_found_by_its_letters_whatever_its_marks_and_article(q: str, find: Find) -> None:
    assert "thread-5" in find(q)


@pytest.mark.parametrize("q", ["2025", "٢٠٢٥", "۲۰۲۵"])
def test_digits_of_every_script_are_the_same(q: str, find: Find) -> None:
    assert find(q) == {"thread-18"}


@pytest.mark.parametrize("q", ["st", "sto", "storm", "stormw", "stormwater"])
def test_a_word_that_is_being_typed_finds_what_begins_so(q: str, find: Find) -> None:
    assert "thread-1" in find(q)


def test_a_word_followed_by_a_space_is_finished(find: Find) -> None:
    assert find("stormw ") == set()


@pytest.mark.parametrize(
    ("q", "is_found"),
    [
        ("stromwater", True),  # two letters changed places
        ("stormwatr", True),
        ("stormwaater", True),
        ("strmwatre", True),  # two typos in ten letters
        ("saturdai", True),
        ("trees", True),
        ("tress", True),  # one in five letters
        ("strmwtre", False),  # three
        ("raenz", False),  # two in five
        ("herd", False),  # none in four: heat
    ],
)
def test_typos_are_forgiven_by_length(q: str, is_found: bool, find: Find) -> None:
    assert bool(find(f"{q} ") & {"thread-1", "thread-14", "thread-17"}) is is_found


def test_numbers_take_no_typo(find: Find) -> None:
    assert find("2023") == {"thread-6"}
    assert find("2024") == set()


def test_all_words_must_be_there_and_where_no_document_has_them_some(ask: Ask, find: Find) -> None:
    assert find("culverts rains") == {"thread-1"}
    assert not ask("culverts rains").is_partial

    some = ask("culverts zzyzx qwxyz")

    assert some.is_partial
    assert {hit.group for hit in some.hits} == {"thread-1", "thread-10"}


def test_a_word_in_the_title_stands_before_one_in_the_text(ask: Ask, index: Index) -> None:
    from tests.community.search.corpus import post

    index([post(40, "Other", "permeable permeable permeable pavement", "en"), post(41, "Permeable", "Bricks.", "en")])

    assert [hit.group for hit in ask("permeable").hits] == ["thread-41", "thread-40"]


def test_a_whole_word_stands_before_one_that_is_like_it(ask: Ask, index: Index) -> None:
    from tests.community.search.corpus import post

    index([post(42, "A flood", "Water.", "en"), post(43, "A flock", "Geese.", "en")])

    assert ask("flock ").hits[0].group == "thread-43"


@pytest.mark.parametrize(
    ("told", "groups"),
    [
        ({"kinds": (Kind.SESSION,)}, {"session-1"}),
        ({"kinds": (Kind.SESSION, Kind.RECORDING)}, {"session-1", "recording-1"}),
        ({"languages": ("fr",)}, {"thread-4"}),
        ({"tags": (2,)}, {"thread-1"}),
        ({"tags": (2, 3)}, {"thread-1", "thread-6"}),
        ({"cities": (6,)}, {"thread-3"}),
        ({"programmes": (9,)}, {"thread-4", "session-1"}),
        ({"places": ("series-3",)}, {"session-1"}),
        ({"since": 60 * DAY}, {"session-1", "recording-1"}),
        ({"since": 2 * DAY, "until": 3 * DAY}, {"thread-2", "thread-3"}),
        ({"tags": (1,), "languages": ("es",)}, {"thread-2"}),
    ],
)
def test_filters_keep_what_has_any_of_their_values(told: dict[str, object], groups: set[str], find: Find) -> None:
    assert find("", **told) == groups


def test_facets_count_what_the_reader_may_find_and_nothing_else(ask: Ask) -> None:
    facets = ask("", audiences=MEMBER, facets=tuple(Facet)).facets
    may_find = [document for document in CORPUS if document.audiences & MEMBER]

    assert facets[Facet.KIND] == Counter(document.kind.value for document in may_find)
    assert facets[Facet.LANGUAGE] == Counter(document.language for document in may_find)
    assert facets[Facet.TAG] == Counter(str(tag) for document in may_find for tag in document.tags)
    assert facets[Facet.CITY] == Counter(str(city) for document in may_find for city in document.cities)
    assert "77" not in facets[Facet.TAG]


@pytest.mark.parametrize("sort", [Sort.NEWEST, Sort.ACTIVE, Sort.HELPFUL, Sort.RELEVANCE])
def test_pages_hold_every_group_once_whatever_the_order(sort: Sort, ask: Ask) -> None:
    whole = {document.group for document in CORPUS if document.audiences & GUEST}
    pages = [[hit.group for hit in ask("", sort=sort, page=page, per_page=4).hits] for page in range(1, 8)]
    found = [group for page in pages for group in page]

    assert len(found) == len(set(found)) == len(whole)
    assert set(found) == whole
    assert ask("", sort=sort).total == len(whole)


def test_the_newest_and_the_most_active_stand_first(ask: Ask) -> None:
    assert [hit.key for hit in ask("culverts", sort=Sort.NEWEST).hits] == ["post-13", "post-1"]
    assert [hit.group for hit in ask("culverts", sort=Sort.ACTIVE).hits] == ["thread-1", "thread-10"]


@pytest.mark.parametrize(
    ("audiences", "is_found"), [(frozenset[str](), False), (GUEST, False), (MEMBER, False), (TAKING_PART, True)]
)
def test_nobody_finds_what_is_not_for_her(audiences: frozenset[str], is_found: bool, ask: Ask) -> None:
    for q in ("zanzibarine", "zanzibar", "ravine pact", "zanzibarinne"):
        result = ask(q, audiences=audiences, facets=(Facet.TAG, Facet.CITY))
        assert ("thread-9" in {hit.group for hit in result.hits}) is is_found
        assert ("77" in result.facets.get(Facet.TAG, {})) is is_found


def test_after_an_edit_the_old_words_are_gone_and_the_new_are_there(find: Find, index: Index) -> None:
    from tests.community.search.corpus import post

    index([post(14, "Sunday fair", "Moved.", "en")])

    assert find("saturday ") == set()
    assert find("sunday") == {"thread-14"}


def test_what_is_taken_out_is_gone_and_taking_it_out_again_is_nothing(find: Find, ask: Ask, index: Index) -> None:
    before = ask("").total
    index([], ["post-14", "post-14", "post-999"])
    index([], ["post-14"])

    assert find("saturday") == set()
    assert ask("").total == before - 1


def test_a_thread_with_many_answers_is_one_hit_with_its_best_and_the_others(ask: Ask) -> None:
    result = ask("culverts", kinds=(Kind.POST, Kind.ANSWER))
    thread = next(hit for hit in result.hits if hit.group == "thread-10")

    assert result.total == 2
    assert {thread.key, *thread.more} == {"post-10", "post-11", "post-12", "post-13"}


def test_a_recording_is_one_hit_with_its_best_moment(ask: Ask) -> None:
    [recording] = ask("empty aquifer").hits

    assert (recording.key, recording.more) == ("window-2", ("window-1",))


@pytest.mark.parametrize("q", ["rivers", "ríos", "rios", "وأنهارها", "kamau"])
def test_a_session_is_found_by_its_title_in_any_language_and_by_who_speaks(q: str, find: Find) -> None:
    assert find(q) == {"session-1"}


@pytest.mark.parametrize("q", ["...", "?!", "—", "🌊", '""', "-", "\u200b"])
def test_punctuation_alone_finds_nothing(q: str, ask: Ask) -> None:
    assert ask(q).total == 0


@pytest.mark.parametrize(
    "q",
    [
        "' OR 1=1",
        '" OR audience = x',
        "\\u{22}",
        "a\x00b",
        "x" * 200,
        "\ud800 lone",
        "audience:exchange-7",
        "*",
        "(" * 200,
    ],
)
def test_nothing_that_is_typed_is_read_as_a_command(q: str, ask: Ask) -> None:
    assert "thread-9" not in {hit.group for hit in ask(q).hits}


@pytest.mark.parametrize(
    "told",
    [
        {"audiences": frozenset({'p" OR "x'})},
        {"places": ("series-3' OR",)},
        {"languages": ("en OR",)},
        {"cities": (2**60,)},
        {"page": 0},
        {"page": 51},
        {"q": "x" * 201},
    ],
)
def test_a_value_that_no_filter_has_is_refused_before_any_engine(told: dict[str, object]) -> None:
    with pytest.raises(ValueError, match=r"."):
        SearchRequest(**({"q": "", "audiences": GUEST} | told))  # type: ignore[arg-type]


def test_ten_words_are_looked_for_and_the_cut_is_known(ask: Ask) -> None:
    q = "we cleaned the culverts twice before the rains stormwater ravine zzyzx"

    assert [hit.group for hit in ask(q).hits] == ["thread-1"]
    assert SearchRequest(q, GUEST).question.is_cut


def test_words_in_quotation_marks_follow_each_other(find: Find) -> None:
    assert find('"cool roofs"') == {"thread-17"}
    assert find('"roofs cool"') == set()
    assert find("culverts -hand -winter -never -how") == {"thread-1"}


def test_what_an_editor_called_alike_is_found_by_either(find: Find) -> None:
    groups = SYNONYMS

    assert find("CRO ", synonyms=groups) == {"thread-15"}
    assert "thread-16" in find("SME", synonyms=groups)
    assert find("cro calls", synonyms=groups) == {"thread-15"}


def test_the_readers_language_ranks_and_keeps_nothing_out(ask: Ask, index: Index) -> None:
    from tests.community.search.corpus import post

    index([post(50, "Plan", "", "en"), post(51, "Plan", "", "es")])

    assert {hit.group for hit in ask("plan", hint="es").hits} >= {"thread-50", "thread-51"}
    assert ask("plan", hint="es").hits[0].group == "thread-51"
    assert ask("plan", hint="en").hits[0].group == "thread-50"


def test_every_key_is_told_with_its_version(engine: SearchEngine, index: Index) -> None:
    assert dict(engine.versions(GENERATION)) == {document.key: document.version for document in CORPUS}


def test_keys_that_are_left_out_count_nowhere(ask: Ask) -> None:
    told = ask("culverts", without=frozenset({"post-1", "post-11"}), facets=(Facet.KIND,))

    assert [hit.group for hit in told.hits] == ["thread-10"]
    assert (told.total, told.facets[Facet.KIND]) == (1, {"post": 1, "answer": 2})


def test_only_some_keys_may_be_asked_for_of_all_that_the_reader_may_find(ask: Ask) -> None:
    told = ask("", within=frozenset({"post-1", "post-11", "post-999"}))

    assert {key for hit in told.hits for key in (hit.key, *hit.more)} == {"post-1", "post-11"}
    assert ask("", within=frozenset({"post-1"}), audiences=frozenset({"nobody"})).total == 0


def test_generations_stand_side_by_side(engine: SearchEngine, find: Find) -> None:
    engine.ensure("g2")
    engine.ensure("g2")

    assert find("stormwater") == {"thread-1"}
    assert engine.search("g2", SearchRequest("stormwater", GUEST)).total == 0
    engine.drop("g2")
    engine.drop("g2")
