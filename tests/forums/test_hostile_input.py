"""What no colleague would type, through every text field of the forums, over HTTP: taken or refused, never broken."""

import unicodedata
from collections.abc import Iterator, Sequence
from html.parser import HTMLParser
from itertools import cycle, islice, product
from typing import Any, TypeVar
from urllib.parse import quote

import pytest
from django.test import Client

from community.moderation.models import Decision
from community.topics.models import Tag
from forums.models import Draft, Post, Revision, Thread
from tests.community.text.corpora import corpus, needs_corpus
from tests.factories.forums import make_forum, make_post, make_question_forum, make_thread
from tests.factories.members import make_member, make_moderator

HOSTILE = [
    "",
    "x" * 250_000,
    "> " * 10_000 + "deep",
    ">" * 10_000,
    "[" * 10_000,
    "![" * 5_000,
    "nul \x00 here",
    "bell \x07 here",
    "gnp\u202etxt.exe",
    "\u2066left open",
    "\u200b\u200b\u2060",
    "a\u200bb",
    "\ufdd0\uffff",
    "a" + "\u0301" * 40,
    "e\u0301crit en deux",
    "\U000e0041\U000e007f",
    "<script>alert(1)</script>",
    '"><script src=//x.example></script>',
    "{{ settings.SECRET_KEY }}{% debug %}%(name)s",
    ", ,،, #",
    "♥",  # a tag without a letter
    "♦",
    "\ufdfa" * 40,  # one character that is eighteen where words are compared
    "\uac01" * 40,  # and one that is three
]
RAW = ["%ED%A0%80", "a%ED%B0%80b", "%FF%FE", "%C0%80", "%00", "%u0041", "%"]  # bytes that are no text
ANSWERS = {200, 204, 302, 400, 403, 404, 409, 422}
DRAFTED = ("title", "body", "tags", "language", "reply_to", "answer")
QUESTIONS = [  # addresses, and what may be asked there
    ("/", ("page",)),
    ("/forums/floods/", ("page", "order", "tag")),
    ("/forums/ask/", ("page", "order", "tag")),
    ("{thread}", ("page", "quote")),
    ("{thread}", ("reply_to", "sent")),
    ("{thread}", ("comment",)),
    ("/tags/", ("q",)),
    ("/tags/pumps/", ("page",)),
    ("/cities/", ("region", "language")),
    ("/webinars/", ("series", "page")),
    ("/notifications/", ("page",)),
    ("/account/login/", ("next",)),
    ("/account/signup/", ("next",)),
    ("/forums/floods/new/", ("next", "sent")),
]
Place = TypeVar("Place")
FORM = "application/x-www-form-urlencoded"
parts = pytest.mark.parametrize(
    "strings",
    [
        pytest.param(HOSTILE, id="ours"),
        pytest.param(corpus("naughty-strings.json"), id="theirs", marks=needs_corpus("naughty-strings.json")),
    ],
)
pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]


def signed_in(member: Any) -> Client:
    client = Client()
    client.force_login(member)
    return client


@parts
def test_a_new_thread_is_opened_or_its_wrong_fields_are_named(strings: list[str]) -> None:
    forum, client = make_forum("floods"), signed_in(make_member("Ana"))
    whole = {"title": "Pumps", "body": "Ours hang in an office.", "tags": "pumps"}

    send_through_each_field(client, "/forums/floods/new/", whole, strings)

    assert_all_composed(Thread, "title", "slug")
    assert_all_composed(Post, "body_markdown")
    assert_all_composed(Tag, "name", "slug")
    lists = [f"/forums/floods/?order=newest&page={page}" for page in range(1, 2 + forum.threads.count() // 20)]
    threads = [f"/threads/{thread.pk}/{thread.slug}/" for thread in forum.threads.all()[::9]]
    tags = [f"/tags/{quote(tag.slug, safe='')}/" for tag in Tag.objects.all()[::9]]
    assert_only_our_scripts("/", "/forums/", *lists, *threads, *tags)
    assert Client().get("/forums/floods/feed.atom").status_code == 200


@parts
def test_a_reply_and_an_edit_are_taken_or_their_wrong_fields_are_named(strings: list[str]) -> None:
    ana, thread = make_member("Ana"), make_thread()
    post, client = make_post(thread, author=ana), signed_in(ana)

    send_through_each_field(client, f"/threads/{thread.pk}/reply/", {"body": "Ours too."}, strings)
    send_through_each_field(client, f"/posts/{post.pk}/edit/", {"body": "Twelve.", "reason": "Again."}, strings)

    assert_all_composed(Post, "body_markdown", "edit_reason")
    assert_all_composed(Revision, "body_markdown", "reason")
    pages = range(1, 2 + thread.posts.count() // 20)
    assert_only_our_scripts(*(f"/threads/{thread.pk}/{thread.slug}/?page={page}" for page in pages))


@parts
def test_a_moderators_reason_is_kept_or_refused(strings: list[str]) -> None:
    thread, client = make_thread(), signed_in(make_moderator())

    for number, string in enumerate(strings):
        deed = "unpin" if number % 2 else "pin"
        assert_fit(client.post(f"/threads/{thread.pk}/decide/{deed}/", {"reason": string}), string)

    assert Decision.objects.exists()
    assert_all_composed(Decision, "reason")


@parts
def test_a_draft_is_kept_or_refused_and_comes_back_as_text(strings: list[str]) -> None:
    ana, thread = make_member("Ana"), make_thread()
    client, place = signed_in(ana), f"thread:{thread.pk}"

    for fields in fillings(DRAFTED, strings):
        texts = {name: "\n\n".join(strings) for name, strings in fields.items()}
        kept = client.post("/drafts/", {"place": place, "version": "0", **texts})
        assert_fit(kept, texts)
        if kept.status_code == 200:
            assert_fit(client.get(f"/threads/{thread.pk}/{thread.slug}/"), texts, harmless=True)
            draft = Draft.objects.get(member=ana, place=place, discarded_at=None)
            assert all(composed(value) for value in draft.fields.values())
        assert client.post("/drafts/discard/", {"place": place}).status_code == 204
    for string in strings:
        assert_fit(client.post("/drafts/", {"place": string, "version": string, "body": "x"}), string)
        assert_fit(client.post("/drafts/discard/", {"place": string}), string)


@parts
def test_what_waits_for_a_sign_in_comes_back_as_text(strings: list[str]) -> None:
    cai, thread = make_member("Cai", password="seven-quiet-pumps"), make_thread()
    address = f"/threads/{thread.pk}/{thread.slug}/"

    for string in strings[::5]:
        client = Client()
        assert_fit(client.post(f"/threads/{thread.pk}/reply/", {"body": string, "token": string}), string)
        client.force_login(cai)
        assert_fit(client.get(address), string, harmless=True)


@parts
def test_no_question_in_an_address_breaks_a_page(strings: list[str]) -> None:
    make_question_forum("ask")
    ana, thread = make_member("Ana"), make_thread(forum=make_forum("floods"))
    thread_path = f"/threads/{thread.pk}/{thread.slug}/"

    clients = cycle([Client(), signed_in(ana), signed_in(ana)])  # three, so that each place meets each of them
    for string, (path, names) in spread([text for text in strings if len(text) < 10_000], QUESTIONS):
        answer = next(clients).get(path.format(thread=thread_path), dict.fromkeys(names, string))
        assert_fit(answer, (path, string), harmless=True)


@parts
def test_no_address_made_of_a_string_breaks_a_page(strings: list[str]) -> None:
    make_thread(tags=["pumps"])
    client = signed_in(make_member("Ana"))

    paths = ("/tags/{}/", "/forums/{}/", "/threads/{}/", "/members/{}/", "/{}/", "/es/{}/")
    for string, path in spread([text for text in strings if 0 < len(text) < 1_000], paths):
        assert_fit(client.get(path.format(quote(string, safe=""))), (path, string), harmless=True)


@pytest.mark.parametrize("raw", RAW)
def test_bytes_that_are_no_text_are_read_as_a_browser_shows_them_or_refused(raw: str) -> None:
    ana, thread = make_member("Ana"), make_thread(forum=make_forum("floods"))
    post, client = make_post(thread, author=ana), signed_in(ana)
    thread_path = f"/threads/{thread.pk}/{thread.slug}/"

    for path, names in {
        "/forums/floods/new/": ("title", "body", "tags", "language", "token"),
        f"/threads/{thread.pk}/reply/": ("body", "language", "reply_to", "answer", "token"),
        f"/posts/{post.pk}/edit/": ("body", "reason"),
        "/drafts/": (*DRAFTED, "place", "version"),
        "/preview/": ("body",),
    }.items():
        for name in names:
            fields = {"title": "T", "body": "B", "place": "thread:1", "version": "0", "token": name} | {name: raw}
            sent = "&".join(f"{key}={value}" for key, value in fields.items())
            assert_fit(client.post(path, sent, content_type=FORM), (path, name, raw), harmless=path != "/drafts/")
    for path, names in QUESTIONS:
        asked = path.format(thread=thread_path) + "?" + "&".join(f"{name}={raw}" for name in names)
        assert_fit(client.get(asked), asked, harmless=True)
    assert_all_composed(Post, "body_markdown", "edit_reason", "language")
    assert_only_our_scripts(thread_path)


@pytest.mark.parametrize("number", ["0", "-1", "9" * 18, "9" * 19, "9" * 400, "9" * 9_000, "1e9", "١٢", "²", " 1 "])
def test_no_number_is_too_large_or_too_strange(number: str) -> None:
    thread = make_thread(forum=make_question_forum("ask"))
    client = signed_in(make_moderator())
    thread_path = f"/threads/{thread.pk}/{thread.slug}/"

    for name in ("reply_to", "answer"):
        assert_fit(client.post(f"/threads/{thread.pk}/reply/", {"body": "B", "token": name, name: number}), number)
    assert_fit(client.post(f"/threads/{thread.pk}/read/", {"up_to": number}), number)
    assert_fit(client.post(f"/threads/{thread.pk}/decide/move/", {"to": number, "reason": "R"}), number)
    assert_fit(client.post("/drafts/", {"place": f"thread:{number}", "version": number, "body": "B"}), number)
    for path in ("/threads/{}/", "/posts/{}/", "/posts/{}/edit/", "/threads/{}/unread/", "/notifications/{}/"):
        answer = client.get(path.format(quote(number)))
        assert answer.status_code in ANSWERS | {405}, (path, number)
    for path, names in QUESTIONS:
        assert_fit(client.get(path.format(thread=thread_path), dict.fromkeys(names, number)), number)


def spread(strings: list[str], places: Sequence[Place]) -> Iterator[tuple[str, Place]]:
    """Of our few strings each at every place. Of the many of others each at one, and the next at the next."""
    if len(strings) > len(HOSTILE):
        yield from zip(strings, cycle(places), strict=False)
    else:
        yield from product(strings, places)


def send_through_each_field(client: Client, path: str, whole: dict[str, str], strings: list[str]) -> None:
    """In all fields at once; where that is refused, in each alone: one bad field shall not hide another."""
    for number, fields in enumerate(fillings(tuple(whole), strings)):
        alone = [{name: string} for name, texts in fields.items() for string in texts]
        together = {name: "\n\n".join(texts) for name, texts in fields.items()}
        for way, spoilt in enumerate([together, *alone]):
            answer = client.post(path, {**whole, **spoilt, "token": f"{number}-{way}"})
            assert_fit(answer, (path, spoilt), harmless=True)
            if answer.status_code == 302 and way == 0:
                break
            assert answer.status_code == 302 or set(answer.context["form"].errors) <= spoilt.keys(), spoilt


def fillings(names: Sequence[str], strings: list[str]) -> Iterator[dict[str, list[str]]]:
    """Of our few strings each in every field. Of the many of others each in one, eight to a body, one to a line."""
    if len(strings) <= len(HOSTILE):
        yield from ({name: [string] for name in names} for string in strings)
        return
    left = iter(strings)
    while filled := {name: texts for name in names if (texts := list(islice(left, 8 if name == "body" else 1)))}:
        yield filled


def assert_fit(answer: Any, told: object, *, harmless: bool = False) -> None:
    assert answer.status_code in ANSWERS, (answer.status_code, told)
    if harmless and answer.get("Content-Type", "").startswith("text/html"):
        assert strange_in(answer.content.decode()) == [], told


def assert_only_our_scripts(*paths: str) -> None:
    for path in paths:
        answer = Client().get(path)
        assert answer.status_code == 200, path
        assert strange_in(answer.content.decode()) == [], path


def strange_in(html: str) -> list[str]:
    """What no template of ours writes: scripts but our modules and data, handlers, addresses that do something."""
    page = Strange(convert_charrefs=True)
    page.feed(html)
    return page.found


class Strange(HTMLParser):
    def __init__(self, **kwargs: Any) -> None:
        super().__init__(**kwargs)
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        given = {name: value or "" for name, value in attrs}
        ours = given.get("src", "").startswith("/static/") or given.get("type") == "application/json"
        acts = any(given.get(name, "").strip().lower().startswith("javascript:") for name in ("href", "src", "action"))
        if (tag == "script" and not ours) or tag in ("iframe", "object", "base") or acts:
            self.found.append(tag)
        self.found += [name for name in given if name.startswith("on") or name in ("style", "srcdoc")]


def assert_all_composed(model: Any, *columns: str) -> None:
    for column in columns:
        kept = model.objects.values_list(column, flat=True)
        assert [value for value in kept if not composed(value)] == [], column


def composed(text: str) -> bool:
    return unicodedata.is_normalized("NFC", text) and "\x00" not in text and not any(map(is_surrogate, text))


def is_surrogate(char: str) -> bool:
    return "\ud800" <= char <= "\udfff"
