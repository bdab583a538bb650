import pytest

from community.text.mentions import handles_in


@pytest.mark.parametrize(
    ("text", "handles"),
    [
        ("Thanks @ana and @bo-ruiz, @Dee_x!", ["ana", "bo-ruiz", "dee_x"]),
        ("@ana @ANA **@ana**", ["ana"]),
        ("(@ana) “@bo” ¿@cai?", ["ana", "bo", "cai"]),
        ("Ask @ana. And @bo.", ["ana", "bo"]),
        ("| who |\n|---|\n| @ana |", ["ana"]),
        ("`@ana` and\n\n```\n@bo\n```\n\n    @cai", []),
        ("ana@city.org, mailto:bo@city.org, https://x.org/@cai", []),
        ("[@ana](/x) ![@bo](y)", []),
        ("> @ana said\n\n@bo agrees", ["bo"]),
        (r"\@ana", []),
        ("@" + "a" * 40 + " @" + "b" * 41, ["a" * 40]),
    ],
)
def test_who_is_mentioned(text: str, handles: list[str]) -> None:
    assert handles_in(text) == handles


def test_no_text_mentions_more_than_twenty() -> None:
    text = " ".join(f"@m{number}" for number in range(30))

    assert handles_in(text) == [f"m{number}" for number in range(20)]
