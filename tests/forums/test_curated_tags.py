"""What tags mean: descriptions, and words of any language for the same."""

import pytest
from django.contrib import admin
from django.test import Client
from taggit.models import Tag as PlainTag

from community.facts.models import Stream
from community.members.models import Member
from community.members.rulings import NotAllowed
from community.moderation.models import Decision
from community.topics.actions import SameTag, tags_called
from community.topics.models import Tag
from community.topics.queries import suggested_tags
from forums.actions import edit_post, join_tag, part_tag
from forums.models import Thread
from tests.factories.forums import make_forum, make_members_forum, make_thread, opening_of
from tests.factories.members import make_administrator, make_member, make_moderator

pytestmark = pytest.mark.django_db


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def tag(name: str) -> Tag:
    return Tag.objects.get(name=name)


def joined(*names: str) -> tuple[Thread, Thread]:
    """A thread with each of two tags, the second of which means the first."""
    forum = make_forum("floods")
    threads = [make_thread(forum, title=f"Under {name}", tags=[name]) for name in names]
    join_tag(tag(names[0]), name=names[1], by=make_moderator(), reason="Spanish.")
    return threads[0], threads[1]


def test_threads_of_a_synonym_come_under_the_tag_that_it_means() -> None:
    joined("flood", "inundación")
    client = Client()

    html = client.get("/tags/flood/").content.decode()
    narrowed = client.get("/forums/floods/?tag=inundación").content.decode()

    for text in (html, narrowed):
        assert "Under flood" in text and "Under inundación" in text
    assert '<a class="chip" href="/tags/flood/" dir="auto">flood</a>' in html
    assert ">inundación</a>" not in html


def test_the_address_of_a_synonym_leads_to_the_tag_in_the_readers_language() -> None:
    joined("flood", "inundación")

    answer = Client().get("/es/tags/inundación/")

    assert (answer.status_code, answer.headers["Location"]) == (302, "/es/tags/flood/")


def test_typing_a_synonym_in_whatever_case_gives_the_tag() -> None:
    joined("flood", "inundación")

    assert tags_called(["INUNDACION", "flood", "Sensors"]) == [tag("flood"), tag("Sensors")]
    thread = make_thread(tags=["Inundacion", "flood"])
    assert [each.name for each in thread.tags.all()] == ["flood"]


def test_suggestions_know_synonyms() -> None:
    joined("flood", "inundación")

    answer = Client().get("/tags/?q=inun").json()

    assert answer == {"tags": ["flood"], "words": ["inundación"]}
    assert suggested_tags("INUN") == [tag("flood")]


def test_parting_them_gives_each_its_own_threads_again() -> None:
    joined("flood", "inundación")

    part_tag(tag("inundación"), by=make_moderator(), reason="In Chile it means more.")

    html = Client().get("/tags/inundaci%C3%B3n/").content.decode()
    assert "Under inundación" in html and "Under flood" not in html
    assert list(Decision.objects.order_by("pk").values_list("deed", flat=True)) == ["join-tag", "part-tag"]


def test_a_word_nobody_has_used_can_be_a_synonym() -> None:
    make_thread(tags=["flood"])

    join_tag(tag("flood"), name="فيضان", by=make_moderator(), reason="Arabic.")

    assert tags_called(["فيضان"]) == [tag("flood")]


def test_synonyms_of_a_tag_that_is_joined_come_along_one_level_deep() -> None:
    dee = make_moderator()
    make_thread(tags=["flood", "inundación"])
    join_tag(tag("inundación"), name="riada", by=dee, reason="The same.")

    join_tag(tag("flood"), name="inundacion", by=dee, reason="Spanish.")

    assert {each.name for each in tag("flood").synonyms.all()} == {"inundación", "riada"}
    for name in ("flood", "riada"):
        with pytest.raises(SameTag):
            join_tag(tag("flood"), name=name, by=dee, reason="Again.")


def test_joining_and_parting_step_what_rows_and_kept_pages_are_made_from() -> None:
    thread, other = make_thread(tags=["flood"]), make_thread(tags=["inundación"])

    def marks() -> list[int]:
        versions = Thread.objects.order_by("pk").values_list("version", flat=True)
        return [*versions, Stream.objects.filter(name="site").values_list("head", flat=True).first() or 0]

    before = marks()
    join_tag(tag("flood"), name="inundación", by=make_moderator(), reason="Spanish.")
    between = marks()
    part_tag(tag("inundación"), by=make_moderator(), reason="No.")

    assert [after > once for once, after in zip(before, between, strict=True)] == [True, True, True]
    assert [after > once for once, after in zip(between, marks(), strict=True)] == [True, True, True]
    assert (thread.pk, other.pk) == tuple(Thread.objects.order_by("pk").values_list("pk", flat=True))


def test_the_page_of_a_thread_says_what_its_tag_means() -> None:
    _, second = joined("flood", "inundación")

    html = Client().get(f"/threads/{second.pk}/{second.slug}/").content.decode()

    assert ">flood</a>" in html and ">inundación</a>" not in html


def test_an_edit_that_leaves_the_tags_as_shown_changes_none() -> None:
    _, second = joined("flood", "inundación")
    opening = opening_of(second)
    assert opening.author is not None

    edit_post(opening, by=opening.author, body="Another text.", tags=["flood"])

    assert [each.name for each in second.tags.all()] == ["inundación"]


def test_a_synonym_borne_only_where_one_may_not_read_is_no_address() -> None:
    make_thread(make_members_forum("closed"), tags=["canary-tag"])
    make_thread(make_forum("open"), tags=["other"])
    join_tag(tag("canary-tag"), name="canary-word", by=make_moderator(), reason="The same.")

    for word in ("canary-tag", "canary-word"):
        assert Client().get(f"/tags/{word}/").status_code == 404
    assert Client().get("/tags/?q=canary").json()["tags"] == []


def test_a_moderator_describes_a_tag_and_readers_find_it_in_their_language() -> None:
    make_thread(tags=["flood"])
    dee = signed_in(make_moderator())

    dee.post("/tags/flood/edit/", {"description_en": "Water.", "description_es": "Agua.", "original_language": "en"})

    assert "Agua." in Client().get("/es/tags/flood/").content.decode()
    assert '<span lang="en" dir="ltr">Water.</span>' in Client().get("/fr/tags/flood/").content.decode()


def test_a_moderator_joins_and_parts_on_pages_that_ask_for_a_reason() -> None:
    make_thread(tags=["flood", "inundación"])
    dee = signed_in(make_moderator())

    without = dee.post("/tags/flood/edit/", {"join": "1", "name": "inundación", "reason": ""})
    dee.post("/tags/flood/edit/", {"join": "1", "name": "#Inundación", "reason": "Spanish."})
    again = dee.post("/tags/flood/edit/", {"join": "1", "name": "inundación", "reason": "Spanish."})
    shown = dee.get("/tags/flood/edit/").content.decode()
    dee.post("/tags/inundaci%C3%B3n/part/", {"reason": "Not the same."})

    assert (without.status_code, again.status_code) == (422, 422)
    assert "Made a synonym" in shown and "Spanish." in shown
    assert tag("inundación").synonym_of is None


def test_others_do_not_say_what_tags_mean() -> None:
    forum_moderator = make_member("Cai")
    make_thread(make_forum(moderators=[forum_moderator]), tags=["flood"])
    client = signed_in(forum_moderator)

    assert client.get("/tags/flood/edit/").status_code == 403
    assert client.post("/tags/flood/edit/", {"join": "1", "name": "x", "reason": "y"}).status_code == 403
    assert client.get("/tags/unheard-of/edit/").status_code == 404
    assert Client().get("/tags/flood/edit/").status_code == 302
    with pytest.raises(NotAllowed):
        join_tag(tag("flood"), name="x", by=forum_moderator, reason="y")


def test_no_admin_writes_tags() -> None:
    request = Client().request().wsgi_request
    request.user = make_administrator()

    assert not admin.site._registry[Tag].has_change_permission(request)
    assert not admin.site._registry[Tag].has_add_permission(request)
    assert PlainTag not in admin.site._registry
