"""Titles of threads beside rows of a member's own, for her archive."""

from collections.abc import Callable
from typing import Any

from django.contrib.auth.models import AnonymousUser
from django.db.models import Case, F, QuerySet, Value, When

from community.members.models import Member
from community.personal.ports import Person
from forums.rules import seeable_threads


def titled(path: str) -> "Callable[[QuerySet[Any], Person], QuerySet[Any]]":
    """Adds `thread_title`: empty where it is not hers to see any more. Params: path, the lookup of the thread."""

    def add_title(rows: "QuerySet[Any]", person: Person) -> "QuerySet[Any]":
        viewer = Member.objects.filter(pk=person.id).first() or AnonymousUser()
        seen = When(**{f"{path}__in": seeable_threads(viewer).order_by().values("pk")}, then=F(f"{path}__title"))
        with_titles: QuerySet[Any] = rows.annotate(thread_title=Case(seen, default=Value("")))
        return with_titles

    return add_title
