"""The tokens against the CommonMark specification, written out by the parser's own renderer.

So this is what we parse, before our headings, links and images and before the cleaner.
"""

from typing import Any

import pytest
from markdown_it.renderer import RendererHTML

from community.text.parser import new_parser
from tests.community.text.corpora import corpus, needs_corpus

NO_HTML_SECTIONS = {"HTML blocks", "Raw HTML"}
NO_HTML = {21, 31, 203, 310, 311, 346, 477, 478, 479, 493, 496, 526, 538, 645, 646}  # HTML in other sections
NO_OTHER_SCHEMES = {598, 600, 601, 603}  # http, https and mailto only
BARE_LINKS = {604, 610, 613, 614}  # links without brackets are links here
PARSER_DIFFERS = {220, 241, 242}  # a newline in an empty quote
ON_PURPOSE = NO_HTML | NO_OTHER_SCHEMES | BARE_LINKS | PARSER_DIFFERS

EXAMPLES = [
    example
    for example in corpus("commonmark-spec.json")
    if example["example"] not in ON_PURPOSE and example["section"] not in NO_HTML_SECTIONS
]


@needs_corpus("commonmark-spec.json")
def test_few_examples_are_left_out() -> None:
    assert len(EXAMPLES) == 655 - len(ON_PURPOSE) - 67  # all that the two sections of HTML hold


@pytest.mark.parametrize("example", EXAMPLES, ids=[str(example["example"]) for example in EXAMPLES])
def test_an_example_of_the_specification_is_read_as_it_says(example: dict[str, Any]) -> None:
    parser, environment = new_parser(), {}
    parser.options.update({"xhtmlOut": True, "langPrefix": "language-"})

    tokens = parser.parse(example["markdown"], environment)

    assert RendererHTML().render(tokens, parser.options, environment) == example["html"]
