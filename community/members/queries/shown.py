"""What of a member and her city stands beside what she wrote: lists and threads fetch these columns and no others."""

from i18n.languages import CODES

OF_MEMBER = ("handle", "name", "photo", "version", "city_confirmed_at")
OF_CITY = ("slug", "original_language", "version", *(f"name_{code}" for code in CODES))


def shown_of_member(path: str = "") -> list[str]:
    """For `.only()`, where her city is joined. Params: path, from the model asked to the member, `author__`."""
    return [f"{path}{column}" for column in OF_MEMBER] + [f"{path}city__{column}" for column in OF_CITY]
