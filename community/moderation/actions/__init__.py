"""All that is written about what moderators look at and decide."""

from community.moderation.actions.appealing import AlreadyAppealed, appeal
from community.moderation.actions.deciding import Outdated, decide, decide_item, dismiss
from community.moderation.actions.items import claim, release, rescope, watch
from community.moderation.actions.reporting import report, withdraw_report
from community.moderation.actions.sanctioning import (
    fix_trust,
    let_member_back_in,
    lift_silence,
    silence_author,
    suspend_member,
    take_warning_back,
    warn_author,
)
from community.moderation.actions.trusting import await_trust, review_trust

__all__ = [
    "AlreadyAppealed",
    "Outdated",
    "appeal",
    "await_trust",
    "claim",
    "decide",
    "decide_item",
    "dismiss",
    "fix_trust",
    "let_member_back_in",
    "lift_silence",
    "release",
    "report",
    "rescope",
    "review_trust",
    "silence_author",
    "suspend_member",
    "take_warning_back",
    "warn_author",
    "watch",
    "withdraw_report",
]
