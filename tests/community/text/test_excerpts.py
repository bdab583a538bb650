import pytest

from community.text.excerpts import QUOTE_LENGTH, excerpt, quote_of
from community.text.markdown import render


@pytest.mark.parametrize(
    ("markdown", "length", "words"),
    [
        ("", 50, ""),
        ("# Yes\n\n*We* do, [here](/x).", 50, "Yes We do, here."),
        ("> old\n\nnew", 50, "new"),
        ("> only a quote", 50, "only a quote"),
        ("- [x] done\n- [ ] open", 50, "done open"),
        ("Note[^1] ![map](m.png)\n\n[^1]: foot", 50, "Note map"),
        ("`a < b` & `@ana`\n\n```\ncode\n```", 50, "a < b & @ana code"),
        ("One two three four", 13, "One two…"),
        ("One two three", 13, "One two three"),
        ("x" * 30, 10, "x" * 9 + "…"),
        ("\u2067مرحبا\u2069 hi", 50, "مرحبا hi"),
        (">" * 10_000, 10, ">" * 9 + "…"),
    ],
)
def test_an_excerpt_is_plain_words(markdown: str, length: int, words: str) -> None:
    assert excerpt(markdown, length) == words


def test_a_quote_names_its_author_and_quotes_no_quotes() -> None:
    quote = quote_of("> older\n\nOne\n\n\n\n    two\n", "Ana *R*")

    assert quote == "> **Ana \\*R\\***\n>\n> One\n>\n>     two\n\n"
    assert "<strong>Ana *R*</strong>" in render(quote)


def test_a_long_post_is_quoted_in_part() -> None:
    quote = quote_of("word " * 2_000, "Ana")

    assert len(quote) < QUOTE_LENGTH + 30
    assert quote.endswith("word …\n\n")


def test_a_reply_to_an_open_fence_stands_outside_it() -> None:
    assert "<p>mine</p>" in render(quote_of("```\ncode", "Ana") + "mine")
