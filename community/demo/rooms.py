"""The forums, in their groups."""

from community.demo.reading import columns, toml
from community.facts.actions import action
from community.members.models import Group, Member
from forums.choices import Audience
from forums.models import Forum, ForumGroup


@action
def load_forums(moderators: Group, members: dict[str, Member]) -> dict[str, Forum]:
    """Returns: the forums by slug. The one for a group is the moderators'."""
    plans = toml("forums")
    groups = {
        plan["slug"]: ForumGroup.objects.create(slug=plan["slug"], position=position, **columns("title", plan["title"]))
        for position, plan in enumerate(plans["groups"], start=1)
    }
    forums = {
        plan["slug"]: Forum.objects.create(
            **{key: plan[key] for key in ("slug", "kind", "audience")},
            group=groups[plan["group"]],
            circle=moderators if plan["audience"] == Audience.GROUP else None,
            position=position,
            **columns("title", plan["title"]),
            **columns("description", plan["description"]),
        )
        for position, plan in enumerate(plans["forums"], start=1)
    }
    for plan in plans["forums"]:
        forums[plan["slug"]].moderators.set(members[handle] for handle in plan.get("moderators", ()))
    return forums
