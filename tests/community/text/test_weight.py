"""Inputs made to be slow or to grow: each is refused in words or rendered within the caps, and soon."""

from time import thread_time

import pytest

from community.text.markdown import render
from community.text.unfit import TextTooHeavy
from community.text.weight import INPUT_LENGTH, OUTPUT_BYTES

LIMIT_SECONDS = 0.5


def filled(piece: str, length: int = INPUT_LENGTH) -> str:
    return piece * (length // len(piece))


REFUSED = {
    "a text over the length": ("x" * (INPUT_LENGTH + 1), "long"),
    "50,000 characters of images": ("![" * 25_000, "long"),
    "whole lengths of images": (filled("!["), "brackets"),
    "whole lengths of brackets": (filled("["), "brackets"),
    "a table of 60 KB": ("|a|b|\n|-|-|\n" + "|1|2|\n" * 10_000, "long"),
    "a long table": ("|a|b|\n|-|-|\n" + "|1|2|\n" * 2_000, "cells"),
    "a wide table": ("|".join("a" * 1_500) + "\n" + "|".join("-" * 1_500) + "\n" + "|\n" * 2_000, "cells"),
    "many tables": ("a|b\n-|-\n1|2\n\n" * 500, "cells"),
    "a reference used again": ("[a]: <" + "x" * 12_000 + ">\n\n" + "[a]" * 290, "output"),
    "many references": ("[a]: b\n\n" + "[a] " * 301, "links"),
    "many bare links": (filled("http://a.b "), "links"),
    "many sites": (filled("www."), "links"),
    "many addresses": (filled("a@b.org "), "links"),
    "10,000 nested quotes": (">" * 10_000, "nesting"),
    "quotes with spaces": ("> " * 3_000 + "deep", "nesting"),
    "deep lists": ("- " * 3_000 + "deep", "nesting"),
    "stairs of lists": ("\n".join("  " * i + "- x" for i in range(170)), "nesting"),
    "many marks of emphasis": (filled("*"), "signs"),
    "many backticks": (filled("`a "), "signs"),
    "many list items": (filled("- - - - - - x\n"), "signs"),
    "quotes that break off": (")\n> ```\n\u2067" * 650, "signs"),
    "many lines": (filled("a\n"), "lines"),
}
BORNE = {
    "brackets": "[" * 999,
    "images": "![" * 999,
    "nested brackets": "[" * 999 + "]" * 999,
    "open links": "[a](<b" * 900,
    "nested links": "[" * 300 + "a" + "](x)" * 300,
    "nested images": "![" * 300 + "a" + "](x)" * 300,
    "parentheses": "[a](" + "(" * 16_000,
    "escapes": "[a](" + "\\(" * 4_000,
    "links": "[a](b)" * 300,
    "bare links": "http://a.b " * 300,
    "a long host": "http://" + "a." * 16_000,
    "a long path": "http://a/" + "(a" * 8_000,
    "colons": filled(":"),
    "addresses": "a@" * 599,
    "a long address": "a" * 16_000 + "@" + "a." * 8_000,
    "mentions": "@ana " * 599,
    "emphasis": "*" * 8_000,
    "open emphasis": "*a " * 8_000,
    "mixed emphasis": "*a_ " * 3_999,
    "triple emphasis": "***a** " * 1_500,
    "strikes": "~~a " * 4_000,
    "code": "`a " * 8_000,
    "growing backticks": " ".join("`" * i for i in range(1, 120)),
    "entities": "&amp;" * 6_000,
    "autolinks": "<a:b" * 7_000,
    "comments": filled("<!--", 7_000),
    "quotes": "> " * 11 + "x",
    "lists": "- x\n" * 2_500,
    "tables of text": filled("a|b\n", 10_000),
    "rules under text": "|-|-|\n" * 400,
    "references": filled("[a]: b\n", 6_900),
    "footnotes": "[^1]: x\n\n" + "[^1]" * 900,
    "footnotes in footnotes": "".join(f"[^{i}]: [^{i + 1}]\n" for i in range(450)) + "\n[^0]",
    "fences": filled("```\n", 7_900),
    "tabs": filled("\t"),
    "Arabic": filled("مرحبا "),
    "pictures": filled("👩‍🚒"),
    "a long title": '[a](b "' + "x" * 30_000,
    "hashes": "# " + "#" * 32_000,
}


def rendered(text: str) -> str:
    """Measured in CPU time, so that a busy machine does not fail the test."""
    before = thread_time()
    try:
        return render(text)
    finally:
        assert thread_time() - before < LIMIT_SECONDS


@pytest.mark.parametrize(("text", "code"), REFUSED.values(), ids=REFUSED)
def test_a_text_too_heavy_is_refused_in_words(text: str, code: str) -> None:
    with pytest.raises(TextTooHeavy) as refusal:
        rendered(text)

    assert refusal.value.code == code
    assert refusal.value.message.endswith(("please.", "it.", "them."))


@pytest.mark.parametrize("text", BORNE.values(), ids=BORNE)
def test_a_strange_text_is_rendered_soon(text: str) -> None:
    assert len(rendered(text).encode()) <= OUTPUT_BYTES


def test_nothing_is_lost_of_quotes_just_within_the_limit() -> None:
    assert "deep" in render("> " * 20 + "deep")


def test_a_long_and_ordinary_post_is_no_burden() -> None:
    paragraph = "We *measured* the **drains** of [the city](https://a.org) twice, `in May`, and asked @ana.\n"

    html = rendered((paragraph * 4 + "\n- one\n- two\n\n| a | b |\n|---|---|\n| 1 | 2 |\n\n") * 60)

    assert html.count("<table>") == 60
