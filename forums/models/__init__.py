from forums.models.bookmark import Bookmark
from forums.models.forum import Forum, ForumGroup
from forums.models.post import Post, Revision, Vote
from forums.models.reading import Draft, ForumMark, ReadMark
from forums.models.summary import Summary, TitleWord
from forums.models.thread import Thread

__all__ = [
    "Bookmark",
    "Draft",
    "Forum",
    "ForumGroup",
    "ForumMark",
    "Post",
    "ReadMark",
    "Revision",
    "Summary",
    "Thread",
    "TitleWord",
    "Vote",
]
