from collections.abc import Callable

import pytest

from community.facts.models import Fact, StreamEntry
from community.members.rulings import NotAllowed
from community.text.unfit import TextTooHeavy
from forums import actions
from forums.actions.replying import WrongThread
from forums.facts import PostAdded
from forums.models import Draft, Forum, Post, ReadMark, Revision, Thread
from tests.factories.forums import (
    make_forum,
    make_post,
    make_question_forum,
    make_thread,
    make_thread_about,
    opening_of,
)
from tests.factories.members import make_member, make_moderator

Together = Callable[..., list[BaseException]]


def streams_of(name: str) -> list[str]:
    facts = Fact.objects.filter(name=name)
    return sorted(StreamEntry.objects.filter(fact__in=facts).values_list("stream", flat=True))


@pytest.mark.django_db
def test_a_thread_is_opened_with_its_first_post_and_tags() -> None:
    ana, forum = make_member("Ana"), make_forum()

    thread = actions.open_thread(
        forum=forum, author=ana, title="Grates in La Carolina", body="They **clog**.",
        tags=["Drains", "drains", "Lluvia"],
        language="en", token="t1",
    )  # fmt: skip

    post = Post.objects.get(thread=thread)
    assert (thread.title, thread.slug) == ("Grates in La Carolina", "grates-in-la-carolina")
    assert (post.kind, post.author, post.body_html) == ("opening", ana, "<p>They <strong>clog</strong>.</p>\n")
    assert sorted(tag.name for tag in thread.tags.all()) == ["Drains", "Lluvia"]
    assert streams_of("thread_opened") == sorted([f"thread:{thread.pk}", f"forum:{forum.pk}"])
    assert ReadMark.objects.get(member=ana, thread=thread).last_post_id == post.pk


@pytest.mark.django_db
def test_tags_of_one_folded_word_are_one_tag() -> None:
    make_thread(tags=["Inundación"])

    thread = make_thread(tags=["INUNDACION"])

    assert [tag.name for tag in thread.tags.all()] == ["Inundación"]


@pytest.mark.django_db
def test_the_same_token_opens_one_thread() -> None:
    ana, forum = make_member("Ana"), make_forum()

    first = make_thread(forum, ana, token="same")
    second = make_thread(forum, ana, token="same")

    assert first == second
    assert Thread.objects.count() == 1
    assert Fact.objects.filter(name="thread_opened").count() == 1


@pytest.mark.django_db
def test_two_members_may_use_one_token() -> None:
    first = make_thread(author=make_member("Ana"), token="same")
    second = make_thread(author=make_member("Cai"), token="same")

    assert first != second


@pytest.mark.django_db
def test_a_thread_about_a_thing_is_the_only_one() -> None:
    ana, thing = make_member("Ana"), make_forum()

    thread = make_thread_about(thing, ana, audience="members")

    assert make_thread_about(thing, make_member("Cai")) == thread
    assert (thread.about_type.model, thread.about_id, thread.audience) == ("forum", thing.pk, "members")
    assert Forum.objects.get(pk=thread.forum_id).thread_count == 0  # not all its readers see it


@pytest.mark.django_db
def test_a_reply_in_a_discussion_an_answer_and_a_comment_among_questions() -> None:
    discussion, question = make_thread(make_forum()), make_thread(make_question_forum())

    reply, answer = make_post(discussion), make_post(question)
    comment = make_post(question, answer=answer)
    on_comment = make_post(question, answer=comment)
    on_question = make_post(question, answer=opening_of(question))
    under_reply = make_post(discussion, answer=reply)

    kinds = [post.kind for post in (reply, answer, comment, on_comment, on_question, under_reply)]
    assert kinds == ["reply", "answer", "comment", "comment", "comment", "reply"]
    assert on_comment.answer == answer
    assert (under_reply.answer, under_reply.reply_to) == (None, reply)


@pytest.mark.django_db
def test_a_reply_tells_its_thread_and_its_forum() -> None:
    thread, cai = make_thread(), make_member("Cai")

    post = make_post(thread, cai)

    fact = Fact.objects.get(name="post_added")
    assert fact.ids == {"thread_id": thread.pk, "post_id": post.pk}
    assert fact.actor_id == cai.pk
    streams = [f"thread:{thread.pk}", f"forum:{thread.forum_id}", f"member:{cai.pk}"]
    assert streams_of("post_added") == sorted(streams)
    assert PostAdded(**fact.ids) == PostAdded(thread.pk, post.pk)


@pytest.mark.django_db
def test_a_reply_steps_the_versions_of_thread_and_forum() -> None:
    thread = make_thread()
    before = thread.version, Forum.objects.get(pk=thread.forum_id).version

    make_post(thread)

    after = Thread.objects.get(pk=thread.pk).version, Forum.objects.get(pk=thread.forum_id).version
    assert after[0] > before[0]
    assert after[1] > before[1]


@pytest.mark.django_db
def test_mentions_are_written_out_with_their_names() -> None:
    make_member("Cai", handle="cai")

    post = make_post(make_thread(), make_member("Ana"), body="Ask @cai or @nobody.")

    assert post.body_html == '<p>Ask <a href="/members/cai/" class="mention">@Cai</a> or @nobody.</p>\n'


@pytest.mark.django_db
def test_a_reply_takes_the_threads_language_where_none_is_said() -> None:
    thread = make_thread(language="es")

    assert make_post(thread).language == "es"
    assert make_post(thread, language="pt").language == "pt"


@pytest.mark.django_db
def test_a_suspended_member_cannot_reply() -> None:
    thread = make_thread()

    with pytest.raises(NotAllowed):
        make_post(thread, make_member("Sus", is_active=False))

    assert Post.objects.filter(thread=thread).count() == 1


@pytest.mark.django_db
def test_a_reply_to_a_post_of_another_thread_is_refused() -> None:
    elsewhere = opening_of(make_thread())

    with pytest.raises(WrongThread):
        make_post(make_thread(), reply_to=elsewhere)


@pytest.mark.django_db
def test_nobody_comments_on_an_answer_that_was_hidden_meanwhile() -> None:
    question = make_thread(make_question_forum())
    answer = make_post(question, make_member("Bo"))
    actions.hide_post(answer, by=make_moderator(), reason="Spam.")

    with pytest.raises(NotAllowed):
        make_post(question, make_member("Cai"), answer=answer)


@pytest.mark.django_db
def test_a_text_too_heavy_writes_nothing() -> None:
    thread = make_thread()

    with pytest.raises(TextTooHeavy):
        make_post(thread, body="[" * 20_000)

    assert Post.objects.filter(thread=thread).count() == 1


@pytest.mark.django_db
def test_posting_discards_the_draft_of_its_place() -> None:
    ana, thread = make_member("Ana"), make_thread()
    for place in (f"thread:{thread.pk}", f"forum:{thread.forum_id}", "thread:999"):
        actions.save_draft(ana, place=place, fields={"body": "Ours"}, version=0)

    make_post(thread, ana)
    make_thread(thread.forum, ana)

    assert [draft.place for draft in Draft.objects.all()] == ["thread:999"]


@pytest.mark.django_db(transaction=True)
def test_the_same_reply_sent_five_times_at_once_makes_one_post(together: Together) -> None:
    thread, cai = make_thread(), make_member("Cai")

    def send() -> None:
        sent.append(actions.post_reply(thread, author=cai, body="Ours too.", token="same").pk)

    sent: list[int] = []
    assert together(*[send] * 5) == []

    assert len(set(sent)) == 1
    assert Post.objects.filter(author=cai).count() == 1
    assert Thread.objects.get(pk=thread.pk).post_count == 2


@pytest.mark.django_db(transaction=True)
def test_the_same_thread_sent_five_times_at_once_is_one(together: Together) -> None:
    forum, ana = make_forum(), make_member("Ana")

    def send() -> None:
        fields = {"title": "Drains", "body": "Ours overflow.", "tags": ["drains"], "language": "en"}
        sent.append(actions.open_thread(forum=forum, author=ana, token="same", **fields).pk)

    sent: list[int] = []
    assert together(*[send] * 5) == []

    assert len(set(sent)) == 1
    assert Thread.objects.count() == Forum.objects.get(pk=forum.pk).thread_count == 1


@pytest.mark.django_db(transaction=True)
def test_members_replying_at_once_are_all_counted(together: Together) -> None:
    forum = make_forum()
    threads = [make_thread(forum, make_member("Ana")), make_thread(forum, make_member("Bo"))]
    writers = [make_member(f"Writer {number}") for number in range(6)]

    raised = together(
        *[lambda w=writer, n=number: make_post(threads[n % 2], w) for number, writer in enumerate(writers)]
    )

    assert raised == []
    counts = [thread.post_count for thread in Thread.objects.order_by("pk")]
    assert counts == [4, 4]
    assert Forum.objects.get(pk=forum.pk).last_post_at == max(Post.objects.values_list("written_at", flat=True))


@pytest.mark.django_db
def test_an_edit_keeps_the_text_before_it() -> None:
    ana = make_member("Ana")
    post = make_post(make_thread(), ana, body="Ten metres.")

    actions.edit_post(post, by=ana, body="Twelve metres.", reason="Measured again")

    post.refresh_from_db()
    assert (post.body_markdown, post.body_html) == ("Twelve metres.", "<p>Twelve metres.</p>\n")
    assert (post.edit_reason, post.edited_at is not None, post.version) == ("Measured again", True, 2)
    revision = Revision.objects.get()
    assert (revision.post, revision.body_markdown, revision.title) == (post, "Ten metres.", "")
    assert (revision.replaced_by, revision.reason) == (ana, "Measured again")
    streams = [f"thread:{post.thread_id}", f"forum:{post.thread.forum_id}", f"member:{post.author_id}"]
    assert streams_of("post_edited") == sorted(streams)


@pytest.mark.django_db
def test_an_edit_that_changes_nothing_writes_nothing() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana, tags=["drains"])

    actions.edit_post(
        opening_of(thread), by=ana, body=opening_of(thread).body_markdown, title=thread.title, tags=["Drains"]
    )

    assert Revision.objects.count() == 0
    assert opening_of(thread).edited_at is None
    assert not Fact.objects.filter(name__in=["post_edited", "thread_retitled"]).exists()


@pytest.mark.django_db
def test_with_the_opening_post_title_tags_and_language_are_edited() -> None:
    ana = make_member("Ana")
    thread = make_thread(author=ana, title="Drain", tags=["drains", "rain"])

    actions.edit_post(opening_of(thread), by=ana, body="Desborda.", title="Drenaje", tags=["lluvia"], language="es")

    thread = Thread.objects.get(pk=thread.pk)
    assert (thread.title, thread.slug, thread.language) == ("Drenaje", "drenaje", "es")
    assert [tag.name for tag in thread.tags.all()] == ["lluvia"]
    assert opening_of(thread).language == "es"
    assert Revision.objects.get().title == "Drain"
    assert Fact.objects.filter(name="thread_retitled").count() == 1


@pytest.mark.django_db
def test_an_edit_of_a_reply_leaves_the_title_alone() -> None:
    cai, thread = make_member("Cai"), make_thread(title="Drain")

    actions.edit_post(make_post(thread, cai), by=cai, body="Other.", title="Mine", tags=["mine"])

    thread = Thread.objects.get(pk=thread.pk)
    assert (thread.title, list(thread.tags.all())) == ("Drain", [])


@pytest.mark.django_db
def test_only_its_author_edits_a_post() -> None:
    post = make_post(make_thread(), make_member("Ana"), body="Ten metres.")

    for other in (make_member("Cai"), make_moderator()):
        with pytest.raises(NotAllowed):
            actions.edit_post(post, by=other, body="Nonsense.")

    assert Post.objects.get(pk=post.pk).body_markdown == "Ten metres."
