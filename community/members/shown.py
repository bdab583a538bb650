"""What a viewer sees of a profile. Whatever shows more of a member than name and city asks here: page, list, feed."""

from dataclasses import dataclass

from community.members.choices import SEEN_AT_FIRST, Detail, SeenBy
from community.members.models import Member, Organisation
from community.members.rulings import Viewer
from community.topics.models import Tag, Theme


@dataclass(frozen=True)
class ShownProfile:
    """A member with those of her details that this viewer sees; the others are empty."""

    member: Member
    details: frozenset[Detail]

    @property
    def position(self) -> str:
        return self.member.position if Detail.POSITION in self.details else ""

    @property
    def organisation(self) -> Organisation | None:
        return self.member.organisation if Detail.ORGANISATION in self.details else None

    @property
    def about(self) -> str:
        return self.member.about if Detail.ABOUT in self.details else ""

    @property
    def reads(self) -> list[str]:
        return list(self.member.reads) if Detail.LANGUAGES in self.details else []

    @property
    def themes(self) -> list[Theme]:
        return list(self.member.themes.all()) if Detail.INTERESTS in self.details else []

    @property
    def tags(self) -> list[Tag]:
        return list(self.member.tags.all()) if Detail.INTERESTS in self.details else []

    @property
    def timezone(self) -> str:
        return self.member.timezone if Detail.LOCAL_TIME in self.details else ""

    @property
    def activity(self) -> bool:
        """Whether lists of what she wrote may be shown; each post in its thread is another matter."""
        return Detail.ACTIVITY in self.details


def shown_profile(viewer: Viewer, member: Member) -> ShownProfile:
    """She herself sees everything. Needs `shown` of the member, and what is shown: nothing is fetched but that."""
    if isinstance(viewer, Member) and viewer.pk == member.pk:
        return ShownProfile(member, frozenset(Detail))
    return shown_to(SeenBy.MEMBERS if isinstance(viewer, Member) and viewer.is_active else SeenBy.EVERYBODY, member)


def shown_to(whom: SeenBy, member: Member) -> ShownProfile:
    """As any member, or everybody, sees her."""
    open_to = {SeenBy.EVERYBODY} | ({SeenBy.MEMBERS} if whom == SeenBy.MEMBERS else set())
    return ShownProfile(member, frozenset(detail for detail in Detail if seen_by(member, detail) in open_to))


def narrowed(member: Member, wanted: dict[str, str]) -> dict[str, str]:
    """Her choices, with those of `wanted` that show less: what would show more stays as it is."""
    order = [SeenBy.NOBODY, SeenBy.MEMBERS, SeenBy.EVERYBODY]
    found = {}
    for detail in Detail:
        standing = seen_by(member, detail)
        asked = wanted.get(detail.value, standing)
        found[detail.value] = (
            min(standing, SeenBy(asked), key=order.index).value if asked in SeenBy.values else standing.value
        )
    return found


def seen_by(member: Member, detail: Detail) -> SeenBy:
    """Her choice, or what holds until she makes one. What is not understood is nobody's to see."""
    chosen = member.shown.get(detail.value)
    if chosen is None:
        return SEEN_AT_FIRST[detail]
    return SeenBy(chosen) if chosen in SeenBy.values else SeenBy.NOBODY
