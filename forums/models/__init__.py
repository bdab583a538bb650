from forums.models.bookmark import Bookmark
from forums.models.exchange import Exchange, Offer, Party
from forums.models.forum import Forum, ForumGroup
from forums.models.outcome import Agreement, Outcome
from forums.models.post import Post, Revision, Vote
from forums.models.reading import Draft, ForumMark, ReadMark
from forums.models.summary import Summary, TitleWord
from forums.models.thread import Thread

__all__ = [
    "Agreement",
    "Bookmark",
    "Draft",
    "Exchange",
    "Forum",
    "ForumGroup",
    "ForumMark",
    "Offer",
    "Outcome",
    "Party",
    "Post",
    "ReadMark",
    "Revision",
    "Summary",
    "Thread",
    "TitleWord",
    "Vote",
]
