"""Organisations, and a city that asks to join."""

from community.coalition.actions import ask_to_join_coalition, confirm_wish
from community.demo.places import REGIONS
from community.demo.reading import toml
from community.facts.actions import action
from community.mail.models import Mail
from community.members.models import Member, Organisation
from community.topics.models import Theme


@action
def load_organisations(members: dict[str, Member]) -> None:
    for plan in toml("coalition")["organisations"]:
        organisation = Organisation.objects.create(slug=plan["slug"], name=plan["name"], website=plan["website"])
        ids = [members[handle].pk for handle in plan["members"]]
        Member.objects.filter(pk__in=ids).update(organisation=organisation)


@action
def load_wishes() -> None:
    """They wait for a moderator."""
    for plan in toml("coalition")["wishes"]:
        themes = Theme.objects.filter(slug__in=plan["priorities"])
        wish = ask_to_join_coalition(member=None, **{**plan, "region": REGIONS[plan["region"]], "priorities": themes})
        confirm_wish(wish)
        Mail.objects.filter(to=wish.email).delete()
