"""Questions about a member that every page asks, composed once.

Django takes some ten milliseconds to compose one of many parts, the database a tenth of one to answer it.
"""

from collections.abc import Callable, Hashable, Sequence
from typing import Any

from django.db import connection
from django.db.models import QuerySet

from community.members.models import Member
from community.members.rules import sleeps

STAND_IN = 2_147_483_629  # nobody's id: where it stands in a composed question, the asking member's comes in


class Composed:
    """A question whose SQL depends on who a member is only by her id, her roles, and whether they sleep.

    Params: compose, which makes it for one member, for other ids, and for words that change its form; it returns rows
    of `values_list`.
    """

    def __init__(self, compose: Callable[..., QuerySet[Any, Any]]) -> None:
        self.compose = compose
        self.kept: dict[object, tuple[str, Sequence[Any]]] = {}

    def ask(self, member: Member, *ids: int, **form: Hashable) -> list[tuple[Any, ...]]:
        """One query. The values as the database gives them. Params: ids, what comes in for other ids."""
        key = connection.vendor, member.roles, member.is_active, sleeps(member), len(ids), tuple(form.items())
        others = [STAND_IN - number for number in range(1, len(ids) + 1)]  # nobody's either
        if key not in self.kept:
            question = self.compose(_like(member), *others, **form)
            self.kept[key] = question.query.get_compiler(connection=connection).as_sql()
        sql, params = self.kept[key]
        meant = {STAND_IN: member.pk, **dict(zip(others, ids, strict=True))}
        with connection.cursor() as cursor:
            cursor.execute(sql, [meant.get(param, param) for param in params])
            return list(cursor.fetchall())


def _like(member: Member) -> Member:
    roles = {f"is_{role.value}": True for role in member.roles}
    return Member(pk=STAND_IN, is_active=member.is_active, has_second_factor=member.has_second_factor, **roles)
