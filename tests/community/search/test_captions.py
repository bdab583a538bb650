"""WebVTT as the specification reads it, and speech in windows."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from community.search.captions import WINDOW_LENGTH, WINDOW_WORDS, Window, cues, windows
from tests.community.text.corpora import CORPORA

FILES = sorted((CORPORA / "webvtt").glob("*.vtt")) if (CORPORA / "webvtt").is_dir() else []
needs_files = pytest.mark.skipif(not FILES, reason=f"needs webvtt/ in {CORPORA} (variable CORPORA)")


def vtt(*blocks: str) -> str:
    return "\n\n".join(["WEBVTT", *blocks])


def told(text: str) -> list[tuple[int, int, str]]:
    return [(cue.start, cue.end, " / ".join(cue.lines)) for cue in cues(text)]


@pytest.mark.parametrize(
    ("block", "cue"),
    [
        ("00:01.000 --> 00:02.500\nDrains first.", (1_000, 2_500, "Drains first.")),
        ("01:02:03.004 --> 01:02:04.000\nDrains.", (3_723_004, 3_724_000, "Drains.")),
        ("123:00:00.000 --> 123:00:01.000\nLate.", (442_800_000, 442_801_000, "Late.")),
        ("intro\n00:01.000 --> 00:02.000\nNamed.", (1_000, 2_000, "Named.")),
        ("00:01.000-->00:02.000 align:start line:90%\nTight.", (1_000, 2_000, "Tight.")),
        (
            "00:01.000 --> 00:02.000\n<v Ana>We <i>opened</i> <c.loud>it</c><00:01.500> &amp; stayed.",
            (1_000, 2_000, "We opened it & stayed."),
        ),
        ("00:01.000 --> 00:02.000\nOne line\nand another", (1_000, 2_000, "One line / and another")),
        ("00:01.000 --> 00:02.000\nAn open <tag that never ends", (1_000, 2_000, "An open")),
        ("00:03.000 --> 00:02.000\nBackwards.", (3_000, 3_000, "Backwards.")),
    ],
)
def test_a_caption_is_its_times_and_its_plain_text(block: str, cue: tuple[int, int, str]) -> None:
    assert told(vtt(block)) == [cue]


@pytest.mark.parametrize(
    "text",
    [
        "",
        "WEBVTTX\n\n00:01.000 --> 00:02.000\nNo.",
        "1\n00:00:01,000 --> 00:00:02,000\nThat is SubRip.",
        vtt("00:01 --> 00:02\nNo thousandths."),
        vtt("00:01.0000 --> 00:02.000\nFour digits."),
        vtt("1:00.000 --> 2:00.000\nOne digit of minutes."),
        vtt("00:61.000 --> 00:62.000\nNo such second."),
        vtt("NOTE 00:01.000\nnot said"),
        vtt("STYLE\n::cue { color: red }"),
        vtt("00:01.000 --> 00:02.000\n<b></b>"),
        vtt("a\nb\n00:01.000\nThree lines before."),
    ],
)
def test_what_is_no_caption_is_passed_over(text: str) -> None:
    assert told(text) == []


def test_any_way_to_end_a_line_and_a_mark_of_byte_order_are_read() -> None:
    lines = ["WEBVTT with a title", "Kind: captions", "", "00:01.000 --> 00:02.000", "Said.", "", ""]

    assert {tuple(told("\ufeff" + end.join(lines))) for end in ("\n", "\r\n", "\r")} == {((1_000, 2_000, "Said."),)}


def test_a_second_arrow_begins_the_next_caption_and_a_wrong_one_loses_its_own_alone() -> None:
    text = vtt(
        "00:01.000 --> 00:02.000\nFirst.\n00:03.000 --> 00:04.000\nSecond.",
        "00:05.000 --> oops\nLost.",
        "00:07.000 --> 00:08.000\nThird.",
    )

    assert [line for _, _, line in told(text)] == ["First.", "Second.", "Third."]


def test_captions_that_roll_are_said_once() -> None:
    rolling = vtt(
        "00:00.000 --> 00:02.000\nwe opened the gates",
        "00:02.000 --> 00:04.000\nwe opened the gates\nbefore the rain",
        "00:04.000 --> 00:06.000\nbefore the rain\nand nobody drowned",
        "00:30.000 --> 00:31.000\nand nobody drowned",
    )

    assert [window.text for window in windows(rolling)] == [
        "we opened the gates before the rain and nobody drowned",
        "and nobody drowned",
    ]


def test_captions_are_joined_to_sixty_words_with_the_times_of_the_first_and_the_last() -> None:
    text = vtt(*(f"00:{second:02}.000 --> 00:{second + 1:02}.000\n{second} " + "word " * 24 for second in range(6)))

    found = windows(text)

    assert [(window.start, window.end) for window in found] == [(0, 2_000), (2_000, 4_000), (4_000, 6_000)]
    assert found[1].text.startswith("2 word")


def test_one_caption_of_a_whole_speech_is_parted_evenly() -> None:
    found = windows(vtt("00:00.000 --> 01:40.000\n" + "seawall " * 100))

    assert [len(window.text.split()) for window in found] == [60, 40]
    assert [(window.start, window.end) for window in found] == [(0, 60_000), (60_000, 100_000)]


def test_a_script_without_spaces_is_parted_by_its_length() -> None:
    found = windows(vtt("00:00.000 --> 00:10.000\n" + "水" * 1_500))

    assert all(len(window.text) <= WINDOW_LENGTH for window in found)
    assert "".join(window.text for window in found) == "水" * 1_500


def is_sound(text: str) -> bool:
    said, found = cues(text), windows(text)
    ends = max((cue.end for cue in said), default=0)
    return all(_fits(window, ends) for window in found) and [w.start for w in found] == sorted(w.start for w in found)


def _fits(window: Window, ends: int) -> bool:
    few = 0 < len(window.text.split()) <= WINDOW_WORDS and len(window.text) <= WINDOW_LENGTH
    return few and 0 <= window.start <= window.end <= ends


@needs_files
def test_every_file_of_the_corpus_is_read_into_sound_windows() -> None:
    texts = [path.read_bytes().decode("utf-8", "replace") for path in FILES]

    assert [path.name for path, text in zip(FILES, texts, strict=True) if not is_sound(text)] == []
    assert sum(len(windows(text)) for text in texts) > len(FILES) / 2


ODD = st.sampled_from(
    [
        *("WEBVTT", "\n", "\r\n", "00:01.000 --> 00:02.000", "00:00:03.000 --> 99:00:00.000 line:0", "-->", "NOTE"),
        *("<v A>", "&lt;", "word ", "\0", "\u202e", "水" * 700, "<", " "),
    ]
)


@given(st.lists(ODD, max_size=60))
def test_whatever_stands_in_a_file_its_windows_are_sound(parts: list[str]) -> None:
    assert is_sound("WEBVTT\n\n" + "".join(parts))
