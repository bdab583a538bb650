"""What an edit changed: nothing is lost, nothing is unsafe, and it takes no time."""

import re
from itertools import pairwise
from time import thread_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from community.text.diffs import ADDED, REMOVED, SAME, Run, diff_html, word_diff

WORDS = st.sampled_from(["pump", "drain", "the", "72", "cm.", "مياه", "المدينة", "inundación", "<b>", "&", '"'])
SPACES = st.sampled_from([" ", " ", " ", "\n", "\n\n", "  "])
TEXT = st.lists(st.tuples(WORDS, SPACES), max_size=60).map(lambda parts: "".join(word + space for word, space in parts))
modestly = settings(max_examples=200, deadline=None, database=None, derandomize=True)


@modestly
@given(TEXT | st.text(max_size=80), TEXT | st.text(max_size=80))
def test_the_old_and_the_new_text_come_back_out_of_their_diff(before: str, after: str) -> None:
    runs = word_diff(before, after)

    assert "".join(run.text for run in runs if run.kind != ADDED) == before
    assert "".join(run.text for run in runs if run.kind != REMOVED) == after
    assert all(one.kind != other.kind for one, other in pairwise(runs))


@modestly
@given(TEXT, TEXT)
def test_a_diff_shows_no_markup_but_its_own(before: str, after: str) -> None:
    html = diff_html(before, after)

    assert "<" not in re.sub("</?(?:ins|del)>", "", html)


@modestly
@given(TEXT)
def test_a_text_does_not_differ_from_itself(text: str) -> None:
    assert word_diff(text, text) == ([Run(SAME, text)] if text else [])


def test_whole_words_are_told_and_words_beside_each_other_together() -> None:
    html = diff_html("We need two pumps, here.", "We need three big pumps, there.")

    assert html == "We need <del>two</del><ins>three big</ins> pumps, <del>here</del><ins>there</ins>."


def test_a_long_paragraph_with_two_changes_is_not_shown_as_new() -> None:
    words = [f"word{number}" for number in range(3000)]
    changed = [*words[:10], "changed", *words[11:2990], "again", *words[2991:]]

    runs = word_diff(" ".join(words), " ".join(changed))

    assert [run.text for run in runs if run.kind == ADDED] == ["changed", "again"]


@pytest.mark.parametrize("between", [" ", "\n"])
def test_two_long_texts_of_the_same_few_words_are_compared_soon(between: str) -> None:
    before = between.join(f"a x{number}" for number in range(4_000))
    after = between.join(f"a y{number}" for number in range(4_000))
    begun = thread_time()

    word_diff(before, after)

    assert thread_time() - begun < 1.5
