"""Which way a language is written."""

RIGHT_TO_LEFT = frozenset({"ar", "dv", "fa", "he", "ps", "sd", "ug", "ur", "yi"})


def direction_of(language: str) -> str:
    """`rtl` or `ltr`, by the primary subtag of a BCP 47 tag."""
    return "rtl" if language.split("-")[0] in RIGHT_TO_LEFT else "ltr"
