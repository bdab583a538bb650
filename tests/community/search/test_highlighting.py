"""What is marked, and that nothing but marks is added."""

from html import unescape
from html.parser import HTMLParser

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.search.highlighting import LONGEST_TEXT, distance, marked, passage
from community.search.words import asked

HOSTILE = [
    "<script>flood</script>",
    "a <mark>flood</mark> b & c",
    "\ue000flood\ue001",
    '" onload="flood',
    "فيضان <b>المدينة</b> flood",
    "flood \u202e dloof",
    "&lt;flood&gt;",
]


class Read(HTMLParser):
    def __init__(self) -> None:
        super().__init__()
        self.tags: set[str] = set()
        self.text = ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.tags.add(tag if not attrs else f"{tag} with attributes")

    def handle_data(self, data: str) -> None:
        self.text += data


def read(html: str) -> Read:
    reader = Read()
    reader.feed(html)
    reader.close()
    return reader


@pytest.mark.parametrize(
    ("text", "q", "marks"),
    [
        ("Floods and flooding", "flood ", ["Floods", "flooding"]),
        ("La inundación y las inundaciones", "inundacion ", ["inundación", "inundaciones"]),
        ("Stormwater first", "stromwater ", ["Stormwater"]),
        ("Stormwater first", "storm", ["Stormwater"]),
        ("A stormwater drain", "storm ", []),
        ("قالت المدينة والمياه لا تنتظر", "مياه", ["والمياه"]),
        ("In 2023 and 2024", "2024", ["2024"]),
        ("Cool roofs, cool streets", '"cool roofs"', ["Cool", "roofs", "cool"]),
        ("Nothing here", "", []),
    ],
)
def test_what_was_asked_is_marked(text: str, q: str, marks: list[str]) -> None:
    html = marked(text, asked(q))

    assert [part.split("</mark>")[0] for part in html.split("<mark>")[1:]] == marks


def test_what_an_editor_called_alike_is_marked() -> None:
    groups = (frozenset({("cro",), ("chief", "resilience", "officer")}),)

    assert marked("The CRO", asked("chief resilience officer ", groups)) == "The <mark>CRO</mark>"


@pytest.mark.parametrize("text", HOSTILE)
def test_only_marks_are_added_to_a_text(text: str) -> None:
    for html in (marked(text, asked("flood")), passage(text, asked("flood"))):
        reader = read(html)
        assert reader.tags <= {"mark"}
        assert "flood" in reader.text
        assert reader.text.split() == text.split()


@given(st.text(max_size=300), st.text(max_size=60))
def test_whatever_is_written_and_asked_the_text_stays_itself(text: str, q: str) -> None:
    text = text.replace("\r", " ").replace("\x00", " ")
    html = marked(text, asked(q))

    assert unescape(html.replace("<mark>", "").replace("</mark>", "")) == text
    assert "<" not in html.replace("<mark>", "").replace("</mark>", "")


def test_a_passage_is_where_most_of_the_question_stands() -> None:
    text = "The culvert. " + "Words of no matter. " * 40 + "Here the culvert meets the ravine at last. " + "More. " * 80
    shown = passage(text, asked("ravine culvert "), 120)

    assert "<mark>culvert</mark> meets the <mark>ravine</mark>" in shown
    assert shown.startswith("… ")
    assert shown.endswith(" …")
    assert len(read(shown).text) < 140


def test_without_a_word_of_it_a_passage_is_the_beginning() -> None:
    assert passage("One two three", asked("zzyzx ")) == "One two three"


def test_a_very_long_word_is_no_trouble() -> None:
    assert len(passage("x" * LONGEST_TEXT, asked("flood "))) < 300


@pytest.mark.parametrize(
    ("one", "other", "far"), [("flood", "flood", 0), ("flodo", "flood", 1), ("flod", "flood", 1), ("abc", "xyz", 2)]
)
def test_distances_are_counted_up_to_the_most_that_matters(one: str, other: str, far: int) -> None:
    assert distance(one, other, 1) == far
