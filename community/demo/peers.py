"""What the invented cities have asked of each other, offered, and learnt."""

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from community.demo.reading import toml
from community.facts.actions import action
from community.members.models import City, Member
from community.topics.models import Theme
from forums.actions.exchanges.importing import ImportedExchange, ImportedOutcome, import_exchanges, import_offers
from forums.actions.importing import ImportedPost
from forums.choices import ForumKind, PartyRole
from forums.models import Forum, Offer
from forums.models.exchange import joined


@action
def load_exchanges(
    forums: dict[str, Forum], members: dict[str, Member], cities: dict[str, City], *, now: datetime
) -> None:
    plans, themes = toml("exchanges"), {theme.slug: theme for theme in Theme.objects.all()}
    forum = next(forum for forum in forums.values() if forum.kind == ForumKind.EXCHANGE)
    import_offers((_offer(plan, members, themes, now), plan["tags"]) for plan in plans["offers"])
    import_exchanges(forum, [_exchange(plan, members, cities, themes, now) for plan in plans["exchanges"]])


def _offer(plan: dict[str, Any], members: dict[str, Member], themes: dict[str, Theme], now: datetime) -> Offer:
    author = members[plan["author"]]
    return Offer(
        city_id=author.city_id or 0,
        author=author,
        theme=themes[plan["theme"]],
        title=plan["title"],
        body=plan["body"].strip(),
        language=plan["language"],
        languages=joined(plan["languages"]),
        made_at=now - timedelta(days=100),
    )


def _exchange(
    plan: dict[str, Any],
    members: dict[str, Member],
    cities: dict[str, City],
    themes: dict[str, Theme],
    now: datetime,
) -> ImportedExchange:
    asked_at = now - timedelta(days=plan["asked_days_ago"])
    return ImportedExchange(
        asker=members[plan["asker"]],
        theme=themes[plan["theme"]],
        title=plan["title"],
        sought=plan["sought"].strip(),
        offered=plan["offered"].strip(),
        language=plan["language"],
        languages=tuple(plan["languages"]),
        tags=tuple(plan["tags"]),
        needed_by=(now + timedelta(days=plan["needed_in_days"])).date(),
        asked_at=asked_at,
        is_open_to_guests=plan.get("open_to_guests", False),
        posts=tuple(_post(post, plan["language"], members, asked_at) for post in plan.get("posts", ())),
        cities={cities[name].pk: role for name, role in _roles(plan)},
        dates=_dates(plan, now),
        outcome=_outcome(plan["outcome"], cities, now) if "outcome" in plan else None,
    )


def _post(post: dict[str, Any], language: str, members: dict[str, Member], asked_at: datetime) -> ImportedPost:
    return ImportedPost(
        author=members[post["author"]],
        body=post["body"].strip(),
        language=language,
        written_at=asked_at + timedelta(hours=post["hours_after"]),
    )


def _roles(plan: dict[str, Any]) -> Iterator[tuple[str, PartyRole]]:
    """Of a city named twice what is said last."""
    responded = PartyRole.UNMATCHED if "matched" in plan else PartyRole.RESPONDED
    yield from ((name, PartyRole.INVITED) for name in plan.get("invited", ()))
    yield from ((name, responded) for name in plan.get("responded", ()))
    yield from ((name, PartyRole.MATCHED) for name in plan.get("matched", ()))


def _dates(plan: dict[str, Any], now: datetime) -> dict[str, Any]:
    ago = {
        f"{name}_at": now - timedelta(days=plan[f"{name}_days_ago"])
        for name in ("matched", "met")
        if f"{name}_days_ago" in plan
    }
    if "meeting_in_days" not in plan:
        return ago
    hour = (now + timedelta(days=plan["meeting_in_days"])).replace(hour=8, minute=0, second=0, microsecond=0)
    meeting = {"meeting_at": hour, "meeting_zone": plan["meeting_zone"], "meeting_link": plan.get("meeting_link", "")}
    return ago | meeting


def _outcome(plan: dict[str, Any], cities: dict[str, City], now: datetime) -> ImportedOutcome:
    texts = {f"{name}_{code}": text.strip() for code, said in plan["texts"].items() for name, text in said.items()}
    days = plan.get("published_days_ago")
    return ImportedOutcome(
        texts=texts,
        original_language=plan["original"],
        published_at=None if days is None else now - timedelta(days=days),
        agreed=tuple(cities[name] for name in plan["agreed"]),
    )
