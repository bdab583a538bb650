import pytest

from community.text.slugs import slug_of


@pytest.mark.parametrize(
    ("title", "slug"),
    [
        ("Inundación en São Paulo: ¿qué hacer?", "inundacion-en-sao-paulo-que-hacer"),
        ("Straße Łódź Ørsted Þing", "strasse-lodz-orsted-thing"),
        ("L’égout & l'eau", "legout-leau"),
        ("ŒUVRE İstanbul Đà Nẵng", "oeuvre-istanbul-da-nang"),
        ("2 °C — 1½ m²", "2-c-11-2-m2"),
        ("مرحبا", "-"),
        ("مرحبا 2026", "2026"),
        ("", "-"),
        ("---", "-"),
        ("Reply", "reply-1"),
        ("New drains", "new-drains"),
    ],
)
def test_a_title_becomes_plain_words(title: str, slug: str) -> None:
    assert slug_of(title) == slug


def test_a_long_title_is_cut_between_words() -> None:
    assert slug_of("word " * 40, 12) == "word-word"
    assert slug_of("word-word-word", 14) == "word-word-word"
    assert slug_of("x" * 100, 12) == "x" * 12
