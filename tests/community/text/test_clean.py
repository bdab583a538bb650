import pytest

from community.text.clean import UnfitText, clean_line, clean_text
from community.text.unfit import WORDS


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("", ""),
        ("Cafe\u0301", "Café"),
        ("a\r\nb\rc\u2028d\u2029e\n\tf", "a\nb\nc\nd\ne\n\tf"),
        ("  kept  ", "  kept  "),
        ("\u2067العربية\u2069 and \u200fmarks\u202b\u202c", "\u2067العربية\u2069 and \u200fmarks\u202b\u202c"),
        ("👩‍🚒 می\u200cخواهم", "👩‍🚒 می\u200cخواهم"),
    ],
)
def test_a_text_comes_in_composed_and_with_plain_newlines(given: str, taken: str) -> None:
    assert clean_text(given) == taken
    assert clean_text(taken) == taken


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("a\x00b", "nul"),
        ("a\ud800b", "surrogate"),
        ("a\udfff", "surrogate"),
        ("bell\x07", "control"),
        ("\x0bvertical", "control"),
        ("del\x7f", "control"),
        ("c1\x85", "control"),
        ("non\ufffe", "control"),
        ("exe\u202etxt", "override"),
        ("a" + "\u0301" * 31, "marks"),
    ],
)
def test_what_no_page_can_hold_is_refused(text: str, code: str) -> None:
    for clean in (clean_text, clean_line):
        with pytest.raises(UnfitText) as refusal:
            clean(text)

        assert refusal.value.code == code
        assert refusal.value.message == str(WORDS[code])


@pytest.mark.parametrize(
    ("given", "taken"),
    [
        ("", ""),
        ("  \t ", ""),
        ("  Ana \t\n Ruiz ", "Ana Ruiz"),
        ("A\u200bn\ufeffa\u00ad\u200e\u2060", "Ana"),
        ("An\u200ca\u200d", "Ana"),
        ("e\u200b\u0301", "é"),
        ("Ana\ufe0f", "Ana"),
        ("Ana\U000e0041", "Ana"),
        ("می\u200cخواهم", "می\u200cخواهم"),
        ("می\u200c", "می"),
        ("क्\u200dष", "क्\u200dष"),
        ("Fire 👩‍🚒 crew ❤️", "Fire 👩‍🚒 crew ❤️"),
        ("Qu’est-ce\u00a0? 10\u202fkm", "Qu’est-ce\u00a0? 10\u202fkm"),
        ("محمد", "محمد"),
    ],
)
def test_a_line_holds_nothing_that_cannot_be_seen(given: str, taken: str) -> None:
    assert clean_line(given) == taken
    assert clean_line(taken) == taken


@pytest.mark.parametrize("control", "\u202a\u202b\u202c\u2066\u2067\u2068\u2069")
def test_a_line_holds_no_bidi_control(control: str) -> None:
    with pytest.raises(UnfitText) as refusal:
        clean_line(f"Ana{control}Ruiz")

    assert refusal.value.code == "direction"


@pytest.mark.parametrize("text", ["\u200b", "\u3164\u115f", "\u2800\u2800", " \u200d\u200c ", "\u00a0\u200b", "\u0301"])
def test_a_name_that_cannot_be_seen_is_refused(text: str) -> None:
    with pytest.raises(UnfitText) as refusal:
        clean_line(text)

    assert refusal.value.code == "blank"
