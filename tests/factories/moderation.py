"""Reports and what comes of them, made by the house's own actions."""

from typing import Any

from community.members.models import Member
from community.moderation.actions import decide_item, report
from community.moderation.deeds import deeds_for
from community.moderation.models import Decision, Report, ReviewItem
from community.moderation.ports import PORTS
from community.moderation.queries import item_for, shown_item
from forums.models import Post
from tests.factories.members import make_member


def make_report(post: Post, by: Member | None = None, **fields: Any) -> Report:
    told = {"reason": "spam", **fields}
    return report(post, kind=PORTS.moderated["post"], by=by or make_member("Rui"), **told)


def decided(item: ReviewItem, deed: str, *, by: Member, version: int | None = None, **more: Any) -> Decision:
    """As the form on the item's page does it. Params: version, as the moderator last saw it; now, if not said."""
    shown = shown_item(by, item_for(by, item.pk))
    version = shown.item.version if version is None else version
    told = {"reason": "It sells pumps.", **more}
    return decide_item(shown.item, shown.thing, deed=deeds_for(by, shown)[deed], by=by, version=version, **told)
