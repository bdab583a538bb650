"""Cities that ask to join."""

from typing import Any

from community.coalition.actions import ask_to_join_coalition, confirm_wish
from community.coalition.models import Wish
from community.members.models import Member


def make_wish(*, member: Member | None = None, **fields: Any) -> Wish:
    """One that waits for a moderator."""
    asked: dict[str, Any] = {
        "city_name": "Puno",
        "country": "PE",
        "region": "latin-america",
        "city_language": "es",
        "timezone": "America/Lima",
        "contact_name": "Rosa Quispe",
        "contact_position": "Risk officer",
        "email": member.email if member else "rosa@puno.example",
        "language": "es",
        "priorities": [],
    }
    wish = ask_to_join_coalition(member=member, **{**asked, **fields})
    confirm_wish(wish)
    return Wish.objects.get(pk=wish.pk)
