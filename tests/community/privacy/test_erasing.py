"""Forty marked strings through all that a member can write: each is given out to her, and none is left after."""

import io
import json
import logging
from collections.abc import Iterable
from typing import Any
from zipfile import ZipFile

import pytest
from django.db.models import Model, QuerySet
from django.test import Client

from community.facts.models import Fact
from community.files.shelf import opened
from community.members.models import Member
from community.personal.ports import HOLDINGS, Blank, By, Delete, Stay
from community.privacy.actions import ask_for_archive, erase_member
from community.privacy.models import Archive
from community.privacy.queries import person_of
from forums.models import Post, Revision, Thread, Vote
from tests.community.personal.test_declarations import OF_WORDS
from tests.community.privacy.marked import (
    AGREED,
    GONE,
    SECRET,
    STAYS,
    database_as_text,
    files_as_text,
    found_in,
    marked_member,
    wholly_marked_member,
)
from tests.factories.deliveries import deliver_all
from tests.factories.members import make_administrator, make_member
from tests.forums.counting import assert_counters_are_right

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def log():
    """What the house has logged."""
    written, root = io.StringIO(), logging.getLogger()
    handler = logging.StreamHandler(written)
    handler.setFormatter(root.handlers[0].formatter)
    level, root.level = root.level, logging.INFO
    root.addHandler(handler)
    yield written.getvalue
    root.removeHandler(handler)
    root.level = level


def pages_of(threads) -> list[str]:
    forums = {f"/forums/{thread.forum.slug}/" for thread in threads}
    posts = [f"/threads/{thread.pk}/{thread.slug}/" for thread in threads]
    return ["/", "/forums/", "/cities/", "/cities/quito/", "/notifications/", "/mailbox/", *sorted(forums), *posts]


def rows_by_holding(member: Member) -> dict[str, dict[Any, dict[str, Any]]]:
    """Of each holding that any room has declared, her rows with all their columns, by their keys."""
    person = person_of(member)
    return {
        label: stored(holding.model, holding.hers(person).values_list("pk", flat=True))
        for label, holding in HOLDINGS.items()
    }


def stored(model: type[Model], keys: Iterable[Any]) -> dict[Any, dict[str, Any]]:
    """Rows with all their columns, whatever the language."""
    return {row[model._meta.pk.attname]: row for row in QuerySet(model).filter(pk__in=list(keys)).values()}


def untrue_of(label: str, before: dict[Any, dict[str, Any]]) -> list[str]:
    """What has not become of these rows as the holding declares it."""
    holding = HOLDINGS[label]
    erase, model = holding.erase, holding.model
    after = stored(model, before)
    stays = () if isinstance(erase, Delete) else erase.stays
    if not stays and not isinstance(erase, Blank | Stay):
        return [f"{pk} is still there" for pk in after]
    gone = [f"{pk} is gone" for pk in before if pk not in after and not isinstance(erase, By)]
    fields = {field.attname: field for field in model._meta.concrete_fields if isinstance(field, OF_WORDS)}
    kept = [
        f"{name} of {pk} still says {row[name]}"
        for pk, row in after.items()
        for name, field in fields.items()
        if row[name] and field.name not in stays and row[name] == before[pk][name]
    ]
    keys = [field for field in model._meta.concrete_fields if field.related_model is Member]
    hers = {row[field.attname] for row in before.values() for field in keys} - set(
        Member.objects.values_list("pk", flat=True)
    )
    return (
        gone
        + kept
        + [f"{pk} names her" for pk, row in after.items() if hers & {row[key.attname] for key in keys} - {None}]
    )


def crawl(viewer) -> str:
    """All that this viewer is shown, posts in full."""
    client = Client()
    if viewer is not None:
        client.force_login(viewer)
    addresses = pages_of(Thread.objects.select_related("forum").order_by("pk"))
    return "\n".join(client.get(address, follow=True).content.decode() for address in addresses)


def test_an_archive_gives_each_of_her_marks_and_no_secret(client):
    ana, mark = wholly_marked_member(client)
    assert mark.left == mark.secrets == []
    ask_for_archive(ana)

    deliver_all()

    with opened(Archive.objects.get().path) as content, ZipFile(content) as file:
        data, page = (file.read(name).decode() for name in ("data.json", "index.html"))
        [brought] = [file.read(name).decode() for name in file.namelist() if name.startswith("files/")]
    assert {mark.used[one] for one in found_in(brought, GONE)} == {"content of a file"}
    in_rows = set(GONE) - found_in(brought, GONE)
    assert {mark.used[one] for one in in_rows - found_in(data, GONE)} == set()
    assert {mark.used[one] for one in in_rows - found_in(page, GONE)} == set()
    assert found_in(data, AGREED) == set(AGREED)
    assert found_in(data + page, SECRET) == set()
    assert found_in(data, STAYS) >= set(STAYS[:3])
    assert len(json.loads(data)["forums.Draft"]) == 3
    assert ana.password not in data


def test_after_she_is_erased_no_mark_is_left_anywhere(client, log, tmp_path):
    ana, mark = wholly_marked_member(client)
    ask_for_archive(ana)
    client.get(f"/members/{ana.handle}/no-such-page/")
    client.get("/account/data/")
    deliver_all()
    everywhere = database_as_text() + files_as_text(tmp_path)
    assert {mark.used[one] for one in {*GONE, *SECRET} - found_in(everywhere, [*GONE, *SECRET])} == set()

    rows = rows_by_holding(ana)
    assert [label for label, kept in rows.items() if not kept] == []

    erase_member(ana)
    deliver_all()

    assert {label: told for label, kept in rows.items() if (told := untrue_of(label, kept))} == {}
    assert found_in(database_as_text(), AGREED) == set(AGREED)

    def left(text: str) -> set[str]:
        return {mark.used[one] for one in found_in(text, [*GONE, *SECRET])}

    assert left(database_as_text()) == set()
    assert left(files_as_text(tmp_path)) == set()
    assert left(log()) == set()
    for viewer in (None, Member.objects.get(handle="cai"), Member.objects.get(handle="dee"), make_administrator()):
        assert left(crawl(viewer)) == set()


def test_posts_stay_under_a_former_member_and_mentions_say_so(client):
    ana, _ = marked_member(client)

    erase_member(ana)

    pages = crawl(None)
    assert found_in(pages, STAYS) == set(STAYS)
    assert not Post.objects.filter(author=ana.pk).exists()
    thread = Thread.objects.get(title=STAYS[0])
    assert thread.author is None
    said = Post.objects.get(body_markdown__contains=STAYS[3])
    assert f"> **a former member**\n>\n> {STAYS[1]}" in said.body_markdown
    assert "thank you a former member, see `a former member` and /members/-/" in said.body_markdown
    assert "a former member" in said.body_html and "mention" not in said.body_html
    assert not Revision.objects.filter(post__author=None).exists()
    assert Revision.objects.filter(post=said).exists()
    assert "Former member" in pages


def test_counters_are_as_if_she_had_never_voted(client):
    ana, _ = marked_member(client)
    [answer] = Post.objects.filter(votes__member=ana)

    erase_member(ana)

    assert not Vote.objects.exists()
    answer.refresh_from_db()
    assert answer.helpful_count == 0
    assert_counters_are_right()


def test_others_are_left_alone(client):
    ana, _ = marked_member(client)
    other = make_member("Ana", handle="ana-2", organisation=ana.organisation, about=f"I know @{ana.handle}2.")
    before = Post.objects.filter(author__handle="cai").count()

    erase_member(ana)

    assert Member.objects.get(pk=other.pk).organisation is not None
    assert Post.objects.filter(author__handle="cai").count() == before
    assert Member.objects.get(pk=other.pk).about == other.about


def test_every_page_is_told(client):
    ana, _ = marked_member(client)

    erase_member(ana)

    assert Fact.objects.filter(name="member_erased", ids={"member_id": ana.pk}).count() == 1
    streams = set(Fact.objects.get(name="member_erased").streamentry_set.values_list("stream", flat=True))
    assert streams == {"site", "access", f"member:{ana.pk}"}
    thread = Thread.objects.get(title=STAYS[0])
    assert Fact.objects.filter(name="author_forgotten", ids__thread_id=thread.pk).exists()
    assert not Archive.objects.exists()
