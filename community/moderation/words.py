"""How deeds are called once they are done."""

from django.utils.translation import pgettext_lazy

DONE = {
    "hide": pgettext_lazy("decision of a moderator", "Hidden"),
    "restore": pgettext_lazy("decision of a moderator", "Shown again"),
    "lock": pgettext_lazy("decision of a moderator", "Locked"),
    "unlock": pgettext_lazy("decision of a moderator", "Unlocked"),
    "pin": pgettext_lazy("decision of a moderator", "Pinned"),
    "unpin": pgettext_lazy("decision of a moderator", "Unpinned"),
    "move": pgettext_lazy("decision of a moderator", "Moved"),
    "dismiss": pgettext_lazy("decision of a moderator", "Left as it is"),
    "warn": pgettext_lazy("decision of a moderator", "Author warned"),
    "unwarn": pgettext_lazy("decision of a moderator", "Warning taken back"),
    "silence": pgettext_lazy("decision of a moderator", "Writing paused"),
    "unsilence": pgettext_lazy("decision of a moderator", "Writing allowed again"),
    "suspend": pgettext_lazy("decision of a moderator", "Account suspended"),
    "let-in": pgettext_lazy("decision of a moderator", "Let back in"),
    "trust": pgettext_lazy("decision of a moderator", "Level set by hand"),
    "hide-version": pgettext_lazy("decision of a moderator", "Earlier version hidden"),
    "restore-version": pgettext_lazy("decision of a moderator", "Earlier version shown again"),
    "close-poll": pgettext_lazy("decision of a moderator", "Poll closed"),
    "reopen-poll": pgettext_lazy("decision of a moderator", "Poll opened again"),
    "keep-poll": pgettext_lazy("decision of a moderator", "Poll added or changed"),
    "pin-summary": pgettext_lazy("decision of a moderator", "Summary pinned"),
    "take-off-summary": pgettext_lazy("decision of a moderator", "Summary taken off"),
    "join-tag": pgettext_lazy("decision of a moderator", "Made a synonym"),
    "part-tag": pgettext_lazy("decision of a moderator", "Made a tag of its own"),
    "welcome": pgettext_lazy("decision of a moderator", "City welcomed"),
    "decline": pgettext_lazy("decision of a moderator", "City declined"),
}


def done(deed: str) -> str:
    """What was decided, as a list of decisions says it."""
    return str(DONE.get(deed, deed))
