"""Posts and threads stay, without her; what is hers alone goes."""

from typing import Any

from django.db.models import Aggregate, BooleanField, Case, F, Q, QuerySet, TextField, Value, When
from django.utils.translation import pgettext_lazy

from community.personal.ports import Blank, By, Delete, Holding, Person, holds, holds_nothing
from forums.actions.forgetting import forget_revisions, forget_words, take_back_votes
from forums.models import (
    Bookmark,
    Draft,
    Forum,
    ForumGroup,
    ForumMark,
    Post,
    ReadMark,
    Revision,
    Summary,
    Thread,
    TitleWord,
    Vote,
)
from forums.titled import titled


class InOne(Aggregate):
    """Texts of many rows in one, parted by commas."""

    function = "GROUP_CONCAT"
    template = "%(function)s(%(expressions)s, ', ')"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **extra: Any) -> Any:
        return self.as_sql(compiler, connection, function="STRING_AGG", **extra)


def _with_tags(threads: "QuerySet[Thread]", _person: Person) -> "QuerySet[Thread]":
    return threads.annotate(tag_names=InOne("tags__name"))


def _own_wordings(revisions: "QuerySet[Revision]", person: Person) -> "QuerySet[Revision]":
    """Of others' posts that she edited, that she did: what stood there is theirs."""
    words = {"earlier_title": "title", "earlier_text": "body_markdown"}
    own = {
        name: Case(When(post__author_id=person.id, then=F(column)), default=Value(""), output_field=TextField())
        for name, column in words.items()
    }
    is_by_her = Case(When(replaced_by_id=person.id, then=True), default=False, output_field=BooleanField())
    return revisions.annotate(**own, is_by_you=is_by_her)


holds_nothing("Curated titles of forums.", ForumGroup, Forum)
holds_nothing("Words of titles, which go with the title.", TitleWord)
holds(
    Holding(
        Forum.moderators.through,
        pgettext_lazy("archive of one's data", "Forums that you moderate"),
        hers=lambda person: Forum.moderators.through.objects.filter(member_id=person.id),
        erase=Delete(),
        also=("forum__slug",),
    ),
    Holding(
        Thread,
        pgettext_lazy("archive of one's data", "Threads that you opened"),
        hers=lambda person: Thread.objects.filter(author_id=person.id),
        erase=Blank(
            {"author": None, "version": F("version") + 1},
            stays={
                "title": "What she asked stays, for those who answered.",
                "slug": "Made of the title.",
                "language": "Of the title.",
                "audience": "Who may read it.",
            },
        ),
        given=_with_tags,
        also=("forum__slug", "tag_names"),
    ),
    Holding(
        Post,
        pgettext_lazy("archive of one's data", "Posts that you wrote"),
        hers=lambda person: Post.objects.filter(author_id=person.id),
        erase=Blank(
            {"author": None, "edit_reason": "", "token": "", "version": F("version") + 1},
            stays={
                "kind": "What it is in its thread.",
                "body_markdown": "What she wrote stays, for those who answered; what she had deleted is emptied.",
                "body_html": "As the text.",
                "language": "Of the text.",
                "hidden_reason": "A moderator's word about the post.",
            },
        ),
        given=titled("thread"),
        also=("thread_title",),
        without=("body_html", "token"),
        besides=forget_words,
    ),
    Holding(
        Revision,
        pgettext_lazy("archive of one's data", "Earlier wordings of your posts"),
        hers=lambda person: Revision.objects.filter(Q(post__author_id=person.id) | Q(replaced_by_id=person.id)),
        erase=By(
            forget_revisions,
            "Earlier wordings of her posts go; edits of others' posts stay without her.",
            stays=dict.fromkeys(("title", "body_markdown"), "What stood in another's post."),
        ),
        given=_own_wordings,
        also=("earlier_title", "earlier_text", "is_by_you"),
        without=("title", "body_markdown", "replaced_by_id"),
    ),
    Holding(
        Vote,
        pgettext_lazy("archive of one's data", "Posts that you found helpful"),
        hers=lambda person: Vote.objects.filter(member_id=person.id),
        erase=By(take_back_votes, "Her votes are taken back, and the posts counted without them."),
        given=titled("post__thread"),
        also=("thread_title",),
    ),
    Holding(
        ReadMark,
        pgettext_lazy("archive of one's data", "How far you have read threads"),
        hers=lambda person: ReadMark.objects.filter(member_id=person.id),
        erase=Delete(),
    ),
    Holding(
        ForumMark,
        pgettext_lazy("archive of one's data", "Forums that you called read"),
        hers=lambda person: ForumMark.objects.filter(member_id=person.id),
        erase=Delete(),
    ),
    Holding(
        Draft,
        pgettext_lazy("archive of one's data", "Drafts"),
        hers=lambda person: Draft.objects.filter(member_id=person.id),
        erase=Delete(),
    ),
    Holding(
        Summary,
        pgettext_lazy("archive of one's data", "Summaries that you pinned"),
        hers=lambda person: Summary.objects.filter(by_id=person.id),
        erase=Blank(
            {"by": None},
            stays={
                "body_markdown": "What came of a thread stays, for those who read it.",
                "body_html": "As the text.",
                "language": "Of the text.",
            },
        ),
        given=titled("thread"),
        also=("thread_title",),
        without=("body_html",),
    ),
    Holding(
        Bookmark,
        pgettext_lazy("archive of one's data", "Your bookmarks"),
        hers=lambda person: Bookmark.objects.filter(member_id=person.id),
        erase=Delete(),
        given=titled("post__thread"),
        also=("thread_title",),
    ),
)
