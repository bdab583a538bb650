"""What stands in the forums of a member, on her page."""

from functools import partial

from django.urls import reverse
from django.utils.translation import npgettext, pgettext_lazy

from community.members.models import Member
from community.members.profiles import Tab, Written, adds_to_profiles
from community.members.rulings import Viewer
from forums.queries.boards import streams_of_forums
from forums.queries.people import numbers_of


def _address(what: str, handle: str) -> str:
    return reverse("forums:written", args=[handle, what])


def _figures(viewer: Viewer, member: Member) -> list[str]:
    numbers = numbers_of(viewer, member)
    return [
        npgettext("numbers of a member", "%(count)s thread", "%(count)s threads", numbers["threads"])
        % {"count": numbers["threads"]},
        npgettext("numbers of a member", "%(count)s post", "%(count)s posts", numbers["posts"])
        % {"count": numbers["posts"]},
        npgettext("numbers of a member", "%(count)s answer", "%(count)s answers", numbers["answers"])
        % {"count": numbers["answers"]},
        npgettext("numbers of a member", "%(count)s accepted", "%(count)s accepted", numbers["accepted"])
        % {"count": numbers["accepted"]},
        npgettext("numbers of a member", "helpful %(count)s time", "helpful %(count)s times", numbers["helpful"])
        % {"count": numbers["helpful"]},
    ]


adds_to_profiles(
    Written(
        tabs=(
            Tab("threads", pgettext_lazy("tab of a member's page", "Threads"), partial(_address, "threads")),
            Tab("posts", pgettext_lazy("tab of a member's page", "Posts"), partial(_address, "posts")),
            Tab("answers", pgettext_lazy("tab of a member's page", "Answers"), partial(_address, "answers")),
        ),
        figures=_figures,
        streams=streams_of_forums,
    )
)
