"""What is a member's alone, and what shows everywhere."""

from collections.abc import Collection

from django.conf import settings

from community.facts.models import Fact
from community.live.streams import StreamKind, Thing, provides
from community.live.visitors import KEPT_OUT
from community.members.choices import SecondFactorFor
from community.members.models import Member

HERSELF, ALL = "herself", "all"


def only_herself(key: int, member_ids: Collection[int | None]) -> dict[int | None, str | None]:
    stands = key in member_ids and Member.objects.filter(pk=key, is_active=True).exists()
    return {member_id: HERSELF if member_id == key and stands else None for member_id in member_ids}


def everybody(key: int, member_ids: Collection[int | None]) -> dict[int | None, str | None]:
    return dict.fromkeys(member_ids, ALL if key == 0 else None)


def nothing(key: int, facts: list[Fact], language: str, audience: str) -> list[Thing]:
    """Higher rooms add what they have."""
    return []


def signs_of_change(key: int, facts: list[Fact], language: str, audience: str) -> list[Thing]:
    """That something changed, not what: pages that show it fetch themselves afresh. Nobody shows a newcomer yet."""
    told = {f"{fact.name}-{sorted(fact.ids.items())}": fact for fact in facts if fact.name != "member_joined"}
    ids = {fact.ids["member_id"] for fact in told.values() if "member_id" in fact.ids}
    handles = dict(Member.objects.filter(pk__in=ids).values_list("pk", "handle"))
    return [_sign(fact, handles) for fact in told.values()]


def _sign(fact: Fact, handles: dict[int, str]) -> Thing:
    handle = handles.get(fact.ids.get("member_id", 0))
    if handle:
        return Thing(id=f"member-{handle}", data={"handle": handle})
    return Thing(id=fact.name, data=fact.ids)


def without_second_factor(member_ids: Collection[int]) -> set[int]:
    """Where everybody has to have one: as `SecondFactorFirst` says of pages. No query elsewhere."""
    if settings.SECOND_FACTOR_FOR != SecondFactorFor.ALL:
        return set()
    return set(Member.objects.filter(pk__in=member_ids, has_second_factor=False).values_list("pk", flat=True))


KEPT_OUT.append(without_second_factor)
provides(StreamKind("member", only_herself, nothing))
provides(StreamKind("site", everybody, signs_of_change))
