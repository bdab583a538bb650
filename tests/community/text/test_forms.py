import pytest
from django import forms

from community.text.forms import LineField, ProseField


class Note(forms.Form):
    title = LineField(max_length=20)
    body = ProseField(max_length=40_000)


def test_both_fields_give_on_what_is_clean() -> None:
    form = Note({"title": " Cafe\u0301\u200b ", "body": "\r\n \r\n    code\r\n\r\ntext  \r\n"})

    assert form.is_valid()
    assert form.cleaned_data == {"title": "Café", "body": "    code\n\ntext"}


def test_a_refusal_stands_beside_its_field_with_what_was_typed() -> None:
    form = Note({"title": "a\u202eb", "body": "a\x00b"})

    assert form.errors.as_data()["title"][0].code == "override"
    assert form.errors.as_data()["body"][0].code == "nul"
    assert "NUL" in form.errors["body"][0]
    assert "a\x00b" in form["body"].as_widget()


def test_half_a_character_is_refused_in_words() -> None:
    form = Note({"title": "\ud800", "body": "\ud800"})

    assert [errors[0].code for errors in form.errors.as_data().values()] == ["surrogate", "surrogate"]


def test_blank_texts_count_as_missing_and_unseen_ones_as_blank() -> None:
    missing, unseen = Note({"title": "  ", "body": "\n \n"}), Note({"title": "\u200b", "body": "\u200b\u200d"})

    assert [errors[0].code for errors in missing.errors.as_data().values()] == ["required", "required"]
    assert [errors[0].code for errors in unseen.errors.as_data().values()] == ["blank", "blank"]


def test_a_line_too_long_is_refused_after_it_was_cleaned() -> None:
    fits, too_long = Note({"title": "  " + "é" * 20, "body": "x"}), Note({"title": "é" * 21, "body": "x"})

    assert fits.is_valid()
    assert too_long.errors.as_data()["title"][0].code == "max_length"


def test_a_body_is_measured_in_characters_of_any_alphabet_and_by_its_weight() -> None:
    fits, long = Note({"title": "t", "body": "ش" * 32_768}), Note({"title": "t", "body": "ش" * 32_769})
    heavy = Note({"title": "t", "body": ">" * 10_000})

    assert fits.is_valid()
    assert long.errors["body"] == ["This text has 32769 characters: at most 32768, please."]
    assert heavy.errors.as_data()["body"][0].code == "nesting"


def test_a_line_ends_with_one_character_whatever_the_browser_sends() -> None:
    assert len(ProseField(max_length=9).clean("a\r\nb\r\nc\r\nd\r\ne")) == 9


def test_a_field_of_few_characters_names_its_own_number_and_cuts_nothing_off() -> None:
    field = ProseField(max_length=2_000)

    with pytest.raises(forms.ValidationError, match="2001 characters: at most 2000"):
        field.clean("x" * 2_001)
    assert "maxlength" not in field.widget.attrs
    assert field.widget.attrs["data-most"] == "2000"


def test_a_line_far_too_long_is_refused_unread() -> None:
    with pytest.raises(forms.ValidationError, match="4000000 characters: at most 80"):
        LineField(max_length=80).clean("a " * 2_000_000)


def test_prose_that_is_no_markdown_is_not_weighed() -> None:
    assert ProseField(markdown=False).clean(">" * 10_000) == ">" * 10_000


def test_both_widgets_follow_the_direction_of_what_is_written() -> None:
    form = Note()

    assert 'dir="auto"' in form["title"].as_widget()
    assert form["body"].as_widget().startswith("<textarea")
    assert 'dir="auto"' in form["body"].as_widget()
