"""Questions about a member that every page asks, composed once.

Django takes some ten milliseconds to compose one of many parts, the database a tenth of one to answer it.
"""

from collections.abc import Callable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from community.members.models import Member
from community.members.rules import sleeps

STAND_IN = 2_147_483_629  # nobody's id: where it stands in a composed question, the asking member's comes in


class Composed:
    """A question whose SQL depends on who a member is only by her id, her roles, and whether they sleep.

    Params: compose, which makes it for one member; it returns one row, of `values_list`.
    """

    def __init__(self, compose: Callable[[Member], QuerySet[Any, Any]]) -> None:
        self.compose = compose
        self.kept: dict[object, tuple[str, Sequence[Any]]] = {}

    def ask(self, member: Member) -> tuple[Any, ...]:
        """One query. The values as the database gives them."""
        key = connection.vendor, member.roles, member.is_active, sleeps(member)
        if key not in self.kept:
            self.kept[key] = self.compose(_like(member)).query.get_compiler(connection=connection).as_sql()
        sql, params = self.kept[key]
        with connection.cursor() as cursor:
            cursor.execute(sql, [member.pk if param == STAND_IN else param for param in params])
            return tuple(cursor.fetchone())


def _like(member: Member) -> Member:
    roles = {f"is_{role.value}": True for role in member.roles}
    return Member(pk=STAND_IN, is_active=member.is_active, has_second_factor=member.has_second_factor, **roles)
