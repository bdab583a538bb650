"""What happens in the forums. Ids only."""

from dataclasses import dataclass


@dataclass(frozen=True)
class PostChanged:
    thread_id: int
    post_id: int


class PostAdded(PostChanged):
    """A reply, answer or comment was posted."""


class PostEdited(PostChanged):
    """Its text is another."""


class PostDeleted(PostChanged):
    """Its author took it away."""


class PostUndeleted(PostChanged):
    """Its author put it back."""


class PostHidden(PostChanged):
    """A moderator hid it."""


class PostRestored(PostChanged):
    """A moderator showed it again."""


class RevisionHidden(PostChanged):
    """A moderator hid one of its earlier versions."""


class RevisionRestored(PostChanged):
    """A moderator showed an earlier version again."""


class PostFilesChanged(PostChanged):
    """A file of it is ready to be seen, or gone."""


class PostVoted(PostChanged):
    """Its count of helpful votes is another."""


@dataclass(frozen=True)
class BookmarkChanged(PostChanged):
    """A member has bookmarked it, or no more, or set another note or reminder. Due when she wants to be reminded."""

    bookmark_id: int


class AnswerAccepted(PostChanged):
    """The asker or a moderator accepted this answer."""


class AnswerUnaccepted(PostChanged):
    """It is no longer the accepted one."""


@dataclass(frozen=True)
class ThreadChanged:
    thread_id: int
    forum_id: int


class ThreadOpened(ThreadChanged):
    """A thread was opened."""


class ThreadImported(ThreadChanged):
    """It was held elsewhere and came whole: of its older posts no other fact tells."""


class ThreadRetitled(ThreadChanged):
    """Its title, tags or language are others."""


class SummaryPinned(ThreadChanged):
    """What came of it stands at its head, in these words."""


class SummaryTakenOff(ThreadChanged):
    """No summary stands at its head."""


class ThreadLocked(ThreadChanged):
    """Nobody but moderators may reply."""


class ThreadUnlocked(ThreadChanged):
    """Members may reply again."""


class ThreadPinned(ThreadChanged):
    """It stands first in its forum."""


class ThreadUnpinned(ThreadChanged):
    """It stands where its activity puts it."""


@dataclass(frozen=True)
class ThreadMoved:
    thread_id: int
    forum_id: int
    from_forum_id: int


@dataclass(frozen=True)
class AuthorForgotten:
    """Somebody who wrote in it, or was named there, has left the house: it says so without a name."""

    thread_id: int
    forum_id: int


@dataclass(frozen=True)
class ForumChanged:
    """Its name, its kind, or who may read it is another."""

    forum_id: int


@dataclass(frozen=True)
class ForumGroupChanged:
    """Its name or its place is another."""

    group_id: int
