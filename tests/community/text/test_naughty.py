"""515 strings that broke somebody's software, through every door and into every form."""

import re
import unicodedata

import pytest
from django.core.exceptions import ValidationError

from community.text.clean import UnfitText, clean_line, clean_text
from community.text.excerpts import excerpt
from community.text.forms import LineField, ProseField
from community.text.markdown import render
from community.text.mentions import handles_in
from community.text.slugs import slug_of
from i18n.detect import language_of_text
from i18n.languages import CODES
from tests.community.text.corpora import corpus, needs_corpus
from tests.community.text.pages import assert_safe

pytestmark = needs_corpus("naughty-strings.json")
STRINGS = corpus("naughty-strings.json")


def test_all_strings_are_here() -> None:
    assert len(STRINGS) == 515


@pytest.mark.parametrize("string", STRINGS, ids=range(len(STRINGS)))
def test_a_naughty_string_is_taken_as_it_is_or_refused(string: str) -> None:
    try:
        text = clean_text(string)
    except UnfitText as refusal:
        assert refusal.message
        return

    plain = re.sub("\r\n?|[\u2028\u2029]", "\n", string)
    assert text == unicodedata.normalize("NFC", plain)
    assert_safe(render(text))
    assert len(excerpt(text, 50)) <= 50
    assert all(f"@{handle}" in text.lower() for handle in handles_in(text))


@pytest.mark.parametrize("string", STRINGS, ids=range(len(STRINGS)))
def test_both_fields_take_or_refuse_a_naughty_string(string: str) -> None:
    for field, clean in ((LineField(max_length=200), clean_line), (ProseField(max_length=9_000), clean_text)):
        try:
            value = field.clean(string)
        except ValidationError as refusal:
            assert refusal.messages
        else:
            assert value.strip() == clean(string).strip()


@pytest.mark.parametrize("string", STRINGS, ids=range(len(STRINGS)))
def test_a_naughty_string_has_a_slug_and_a_language(string: str) -> None:
    slug = slug_of(string)

    assert slug.isascii()
    assert slug == "-" or slug.replace("-", "").isalnum()
    assert language_of_text(string, default="en") in CODES
