"""In which language of the house a text is written."""

import re

import eldc

from i18n.languages import CODES

MOST_CHARACTERS = 4_000  # what lies behind them would not change the answer
FEWEST_LETTERS = 12

_WITHOUT_LANGUAGE = re.compile(r"```.*?(?:```|\Z)|`[^`\n]*`|\b\w+://\S+|\S+@\S+|@[\w-]+", re.DOTALL)

eldc.init()
_detector = eldc.instance()
_detector.set_languages(list(CODES))


def language_of_text(text: str, default: str) -> str:
    """One of the house's languages; `default` where the text is too short to tell or the detector is unsure.

    Code, addresses and mentions are not asked.
    """
    words = _WITHOUT_LANGUAGE.sub(" ", text[:MOST_CHARACTERS])
    if sum(map(str.isalpha, words)) < FEWEST_LETTERS:
        return default
    # The C library ends at a NUL and takes no half characters.
    finding = _detector.detect_details(words.encode("utf-8", "ignore").decode().replace("\x00", " "))
    return str(finding.language) if finding.reliable and finding.language in CODES else default
