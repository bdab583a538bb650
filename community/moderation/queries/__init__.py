"""What waits, what was decided, and how members stand."""

from community.moderation.queries.decisions import concerning, decisions_on, public_log
from community.moderation.queries.items import item_for, items_page, review_count, shown_item, thing_for

__all__ = [
    "concerning",
    "decisions_on",
    "item_for",
    "items_page",
    "public_log",
    "review_count",
    "shown_item",
    "thing_for",
]
