"""Whatever is typed: safe, balanced, bounded, soon, and the same again."""

import unicodedata
from time import thread_time

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from community.text.clean import UnfitText, clean_line, clean_text
from community.text.excerpts import excerpt, quote_of
from community.text.markdown import render
from community.text.mentions import handles_in
from community.text.slugs import slug_of
from community.text.weight import OUTPUT_BYTES
from tests.community.text.pages import assert_safe

modestly = settings(
    max_examples=120,
    deadline=None,  # the tests measure CPU time themselves
    database=None,
    derandomize=True,  # a run says the same of the same code
    suppress_health_check=[HealthCheck.too_slow],
)
MARKS = (
    "* ** _ ` ``` ~~ [ ] ![ ]( ) < > & &lt; \\ | # | - 1. [x] [^1] [^1]: [a]: @ana @ http://a.b/ a@b.org ' \" ( { "
    "<script> </script> <img/src=x/onerror= javascript: data: // : &#x6A; onclick= --- word"
)
SPACES = [" ", "\n", "\n\n", "    ", "\t", "\n|-|\n", "\n> ", "\n- "]
LETTERS = ["مرحبا", "é", "e\u0301", "👩\u200d🚒", "\u200b", "\u2067"]
SIGNS = st.sampled_from([*MARKS.split(), *SPACES, *LETTERS])
MARKDOWN = st.lists(SIGNS | st.text(max_size=6), max_size=80).map("".join)
NAMES = {"ana": 'Ana "<b>'}


@modestly
@given(MARKDOWN)
def test_whatever_is_written_the_page_is_safe(text: str) -> None:
    before = thread_time()
    try:
        html = render(text, names=NAMES)
    except UnfitText:
        return

    assert thread_time() - before < 0.5
    assert len(html.encode()) <= OUTPUT_BYTES
    assert "<script" not in html.lower()
    assert_safe(html)


@modestly
@given(MARKDOWN, st.integers(min_value=1, max_value=3_000))
def test_repeating_it_makes_it_neither_slow_nor_large(text: str, times: int) -> None:
    before = thread_time()
    try:
        html = render((text * times)[:32_000])
    except UnfitText as refusal:
        assert refusal.message
    else:
        assert len(html.encode()) <= OUTPUT_BYTES
    assert thread_time() - before < 0.5


@modestly
@given(st.text(st.characters(codec=None), max_size=60))
def test_cleaning_twice_changes_nothing(text: str) -> None:
    for clean in (clean_text, clean_line):
        try:
            once = clean(text)
        except UnfitText as refusal:
            assert refusal.message
        else:
            assert clean(once) == once == unicodedata.normalize("NFC", once)
            once.encode()


@modestly
@given(MARKDOWN, st.integers(min_value=2, max_value=60))
def test_an_excerpt_is_one_line_of_its_length(text: str, length: int) -> None:
    try:
        words = excerpt(text, length)
    except UnfitText:
        return

    assert len(words) <= length
    assert "\n" not in words


@modestly
@given(MARKDOWN)
def test_a_quote_mentions_nobody_and_can_be_quoted_again(text: str) -> None:
    try:
        quote = quote_of(clean_text(text), "Ana *R* @bo")
        assert handles_in(quote) == []
    except UnfitText:
        return

    assert quote_of(quote, "Bo") == "> **Bo**\n\n"


@modestly
@given(st.text(max_size=120), st.integers(min_value=4, max_value=80))
def test_a_slug_fits_its_column(title: str, max_length: int) -> None:
    slug = slug_of(title, max_length)

    assert 0 < len(slug) <= max(max_length, 12)
    assert slug == "-" or not set(slug) - set("abcdefghijklmnopqrstuvwxyz0123456789-")
