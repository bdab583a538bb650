"""The languages of the house: BCP 47 tags and the name each has for itself. `pt` is written Brazilian."""

LANGUAGES = (
    ("en", "English"),
    ("es", "Español"),
    ("pt", "Português"),
    ("fr", "Français"),
    ("ar", "العربية"),
)
CODES = tuple(code for code, _ in LANGUAGES)
DEFAULT = "en"
NAMES = dict(LANGUAGES)
# As Open Graph writes them, with a country each: English as we write it, Spanish as Latin America does.
LOCALES = {"en": "en_GB", "es": "es_LA", "pt": "pt_BR", "fr": "fr_FR", "ar": "ar_AR"}


def known(code: str) -> str:
    """`code` itself where the house speaks it, by its primary subtag where it speaks that, else the default."""
    primary = code.lower().split("-")[0].split("_")[0]
    return primary if primary in CODES else DEFAULT
