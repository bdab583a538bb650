"""Drafts on several devices: no text is lost, none comes back as a ghost."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.models import Member
from forums.actions import DraftConflict, discard_draft, post_reply, save_draft
from forums.holders import files_in_drafts
from forums.models import Draft, Thread
from tests.factories.forums import make_forum, make_thread
from tests.factories.members import make_circle, make_member

pytestmark = pytest.mark.django_db
HERE, THERE = "Begun on the train.", "Begun on the bus."


def client_of(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def place(thread: Thread) -> str:
    return f"thread:{thread.pk}"


def of_two_devices(member: Member, thread: Thread) -> Draft:
    save_draft(member, place=place(thread), fields={"body": HERE}, version=0)
    with pytest.raises(DraftConflict):
        save_draft(member, place=place(thread), fields={"body": THERE}, version=0)
    return Draft.objects.get(member=member)


def test_an_old_version_is_answered_by_the_other_text_and_both_are_kept() -> None:
    ana, thread = make_member("Ana"), make_thread()
    client = client_of(ana)
    client.post("/drafts/", {"place": place(thread), "version": "0", "body": HERE})

    answer = client.post("/drafts/", {"place": place(thread), "version": "0", "body": THERE})

    assert answer.status_code == 409
    assert answer.json() == {"version": 1, "fields": {"body": HERE}}
    draft = Draft.objects.get()
    assert (draft.fields, draft.other) == ({"body": HERE}, {"body": THERE})


def test_the_next_page_shows_the_newest_and_leads_to_the_other() -> None:
    ana, thread = make_member("Ana"), make_thread()
    draft = of_two_devices(ana, thread)
    client = client_of(ana)

    page = client.get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()
    both = client.get(f"/account/drafts/{draft.pk}/").content.decode()

    assert f">\n{HERE}</textarea>" in page
    assert f'href="/account/drafts/{draft.pk}/"' in page
    assert 'data-draft-version="1"' in page
    assert HERE in both
    assert THERE in both


@pytest.mark.parametrize(("keep", "text"), [("this", HERE), ("other", THERE), ("both", f"{HERE}\n\n{THERE}")])
def test_she_keeps_one_or_joins_them_without_a_script(keep: str, text: str) -> None:
    ana, thread = make_member("Ana"), make_thread()
    draft = of_two_devices(ana, thread)

    answer = client_of(ana).post(f"/account/drafts/{draft.pk}/", {"keep": keep})

    draft.refresh_from_db()
    assert (draft.fields, draft.other) == ({"body": text}, None)
    assert answer["Location"] == f"/threads/{thread.pk}/{thread.slug}/?sent={place(thread)}#reply"


def test_a_device_that_writes_on_leaves_the_others_text_until_she_has_chosen() -> None:
    ana, thread = make_member("Ana"), make_thread()
    of_two_devices(ana, thread)

    save_draft(ana, place=place(thread), fields={"body": "More."}, version=1)
    assert Draft.objects.get().other == {"body": THERE}
    save_draft(ana, place=place(thread), fields={"body": "All."}, version=2, is_settled=True)

    assert (Draft.objects.get().fields, Draft.objects.get().other) == ({"body": "All."}, None)


def test_what_stood_in_the_form_is_discarded_by_a_button_and_can_be_brought_back() -> None:
    ana, thread = make_member("Ana"), make_thread()
    save_draft(ana, place=place(thread), fields={"body": "Old."}, version=0)
    client, page = client_of(ana), f"/threads/{thread.pk}/{thread.slug}/"

    answer = client.post("/drafts/discard/", {"place": place(thread), "next": page, "body": "Newer."}, follow=True)
    assert answer.redirect_chain == [(f"{page}?sent={place(thread)}", 302)]
    assert "Your draft is discarded." in answer.content.decode()
    assert "Newer." not in answer.content.decode()
    assert "Bring back" in client.get("/account/drafts/").content.decode()
    client.post(f"/account/drafts/{Draft.objects.get().pk}/back/")

    assert ">\nNewer.</textarea>" in client.get(page).content.decode()


def test_a_draft_brought_back_beside_a_new_one_loses_neither() -> None:
    ana, thread = make_member("Ana"), make_thread()
    old = save_draft(ana, place=place(thread), fields={"body": HERE}, version=0)
    discard_draft(ana, place(thread))
    save_draft(ana, place=place(thread), fields={"body": THERE}, version=0)

    client_of(ana).post(f"/account/drafts/{old.pk}/back/")

    assert (Draft.objects.get().fields, Draft.objects.get().other) == ({"body": THERE}, {"body": HERE})


def test_what_was_sent_is_no_draft_and_what_was_discarded_stays_discarded() -> None:
    ana, thread = make_member("Ana"), make_thread()
    save_draft(ana, place=place(thread), fields={"body": "Old."}, version=0)
    discard_draft(ana, place(thread))
    save_draft(ana, place=place(thread), fields={"body": "Sent."}, version=0)

    post_reply(thread, author=ana, body="Sent.", token="t1")

    assert [draft.fields for draft in Draft.objects.all()] == [{"body": "Old."}]


def test_the_list_leads_on_and_names_no_place_that_she_may_not_see_any_more() -> None:
    ana, ines = make_member("Ana"), make_member("Ines")
    forum = make_forum(audience="group", circle=make_circle("coastal", ines, ana), title_en="Canary forum")
    closed, thread = make_thread(forum, ines, title="Canary"), make_thread(title="Drains")
    for where in (place(closed), f"forum:{forum.pk}", place(thread)):
        save_draft(ana, place=where, fields={"body": "My words."}, version=0)
    forum.circle.people.remove(ana)  # type: ignore[union-attr]

    html = client_of(ana).get("/account/drafts/").content.decode()

    assert html.count("My words.") == 3
    assert f'href="/threads/{thread.pk}/{thread.slug}/#reply"' in html
    assert "Canary" not in html
    assert html.count("A place that is no longer open to you") == 2


def test_drafts_are_nobody_elses() -> None:
    draft = of_two_devices(make_member("Ana"), make_thread())
    cai = client_of(make_member("Cai"))

    assert cai.get(f"/account/drafts/{draft.pk}/").status_code == 404
    assert cai.post(f"/account/drafts/{draft.pk}/", {"keep": "this"}).status_code == 404
    assert cai.post(f"/account/drafts/{draft.pk}/discard/").status_code == 404
    assert cai.post(f"/account/drafts/{draft.pk}/back/").status_code == 404
    assert "Begun" not in cai.get("/account/drafts/").content.decode()


def test_the_list_costs_the_same_with_one_of_a_kind_and_with_three() -> None:
    ana = make_member("Ana")
    client = client_of(ana)

    def more() -> None:
        thread = make_thread(author=ana)
        for where in (place(thread), f"forum:{thread.forum_id}", f"post:{thread.posts.get().pk}"):
            save_draft(ana, place=where, fields={"body": HERE}, version=0)

    def cost() -> int:
        client.get("/account/drafts/")
        with CaptureQueriesContext(connection) as captured:
            client.get("/account/drafts/")
        return len(captured)

    more()
    one = cost()
    more(), more()

    assert cost() == one <= 12


def test_a_third_device_makes_no_second_text_go() -> None:
    ana, thread = make_member("Ana"), make_thread()
    of_two_devices(ana, thread)

    with pytest.raises(DraftConflict):
        save_draft(ana, place=place(thread), fields={"body": "On foot."}, version=0, device="phone")
    with pytest.raises(DraftConflict):  # who writes on there takes the place of her own last text alone
        save_draft(ana, place=place(thread), fields={"body": "On foot, then."}, version=0, device="phone")

    texts = [(draft.fields["body"], draft.other and draft.other["body"]) for draft in Draft.objects.order_by("pk")]
    assert texts == [(HERE, "On foot, then."), (THERE, None)]
    assert THERE in client_of(ana).get("/account/drafts/").content.decode()


def test_of_two_texts_the_one_that_was_not_sent_is_found_for_a_week() -> None:
    ana, thread = make_member("Ana"), make_thread()
    of_two_devices(ana, thread)

    post_reply(thread, author=ana, body=f"{HERE} Sent.", token="t1")

    assert [(draft.fields, bool(draft.discarded_at)) for draft in Draft.objects.all()] == [({"body": THERE}, True)]


def test_joined_drafts_keep_the_titles_tags_files_and_polls_of_both() -> None:
    ana, forum = make_member("Ana"), make_forum("floods")
    here = {"title": "Gates", "body": HERE, "tags": "gates, rain", "files": "3", "poll-question": "Which?"}
    there = {"title": "Bags", "body": THERE, "tags": "rain, bags", "files": "3,4", "poll-options": "North\nSouth"}
    save_draft(ana, place=f"forum:{forum.pk}", fields=here, version=0)
    with pytest.raises(DraftConflict):
        save_draft(ana, place=f"forum:{forum.pk}", fields=there, version=0)
    draft = Draft.objects.get()

    shown = client_of(ana).get(f"/account/drafts/{draft.pk}/").content.decode()
    client_of(ana).post(f"/account/drafts/{draft.pk}/", {"keep": "both"})

    assert all(text in shown for text in ("Gates", "Bags", "gates, rain", "rain, bags", "Which?", "South"))
    draft.refresh_from_db()
    assert draft.fields == {
        "title": "Gates",
        "body": f"{HERE}\n\nBags\n\n{THERE}",
        "tags": "gates,rain,bags",
        "files": "3,4",
        "poll-question": "Which?",
        "poll-options": "North\nSouth",
    }


def test_files_of_both_texts_are_wanted_still() -> None:
    ana, thread = make_member("Ana"), make_thread()
    save_draft(ana, place=place(thread), fields={"body": HERE, "files": "3"}, version=0)
    with pytest.raises(DraftConflict):
        save_draft(ana, place=place(thread), fields={"body": THERE, "files": "4"}, version=0)

    assert files_in_drafts(ana.pk) == {3, 4}


def test_that_a_poll_takes_several_options_is_kept_with_the_draft() -> None:
    ana, forum = make_member("Ana"), make_forum("floods")
    client = client_of(ana)
    typed = {"poll-question": "Which?", "poll-options": "A\nB", "poll-is_multiple": "on"}
    client.post("/drafts/", {"place": f"forum:{forum.pk}", "version": "0", **typed})

    page = client.get("/forums/floods/new/").content.decode()

    box = page.split('name="poll-is_multiple"', 1)[1].split(">", 1)[0]
    assert "checked" in box
