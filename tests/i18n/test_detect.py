import pytest

from i18n.detect import language_of_text


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("Who cleans the drains before the rains?", "en"),
        ("¿Quién limpia las quebradas antes de la lluvia?", "es"),
        ("Quem limpa os bueiros antes da chuva?", "pt"),
        ("Qui nettoie les égouts avant la pluie ?", "fr"),
        ("من ينظف المجاري قبل هطول المطر؟", "ar"),
        ("Quem limpa? Veja `print('who cleans the drains')` em https://example.org/who/cleans/the/drains", "pt"),
    ],
)
def test_the_language_of_a_sentence_is_told(text: str, language: str) -> None:
    others = {"en", "es", "pt", "fr", "ar"} - {language}

    assert {language_of_text(text, default=other) for other in others} == {language}


@pytest.mark.parametrize(
    "text",
    [
        "",
        "ok",
        "12345 67890 12345",
        "https://example.org/water",
        "```\nwho cleans the drains\n```",
        "日本語のテキストです、長い文章です",
        "\x00\ud800",
    ],
)
def test_a_text_that_does_not_tell_keeps_the_default(text: str) -> None:
    assert [language_of_text(text, default=default) for default in ("fr", "ar")] == ["fr", "ar"]
