"""Nobody outside the conversation reads a word of it, on any surface."""

import shutil
from collections.abc import Iterator
from datetime import timedelta
from html import escape
from itertools import product
from pathlib import Path
from typing import Any
from urllib.parse import urljoin, urlsplit
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.contrib.auth.models import AnonymousUser
from django.test import Client
from django.urls import NoReverseMatch, get_resolver, reverse
from django.utils import timezone, translation

from community.facts.models import StreamEntry
from community.files.actions import attach_files
from community.files.models import StoredFile
from community.files.shelf import opened
from community.live.streams import audience_of, changes
from community.mail.models import Mail
from community.members.models import Member
from community.notifications.queries import notices_of
from community.privacy.actions import ask_for_archive
from community.privacy.models import Archive
from forums.actions import post_reply, save_draft
from forums.actions.exchanges import invite_cities, leave_exchange, match_cities, say_met, set_meeting
from forums.choices import OUTCOMES, PostKind
from forums.models import Exchange, Post
from tests.factories.deliveries import deliver_all
from tests.factories.exchanges import fresh, make_citizen, make_draft, make_exchange, make_response
from tests.factories.files import make_file
from tests.factories.forums import make_thread
from tests.factories.members import make_moderator
from tests.factories.polls import make_poll

pytestmark = [pytest.mark.django_db, pytest.mark.timeout(300)]
SECRET = "zanzibarine"
HELPER = "Ravenna"  # a city that takes part: who does is part of the conversation
LEFT_OUT = {"account_logout", "healthz", "readyz", "metrics"}
OUTSIDE = ["guest", "stranger", "unconfirmed", "invited", "left", "unmatched"]
Cast = dict[str, Member | None]


@pytest.fixture(scope="module", autouse=True)
def empty_shelf() -> Iterator[None]:
    yield
    for folder in ("files", "archives"):
        shutil.rmtree(Path(settings.DATA_DIR) / folder, ignore_errors=True)


@pytest.fixture
def cast(met: tuple[Cast, int]) -> Cast:
    return {name: member and Member.objects.get(pk=member.pk) for name, member in met[0].items()}


@pytest.fixture
def exchange(met: tuple[Cast, int]) -> Exchange:
    return fresh(Exchange.objects.get(pk=met[1]))


@pytest.fixture(scope="module")
def met(lasting: None) -> tuple[Cast, int]:
    """Who is who, and the id of an exchange: met, with the secret in a response, replies, a meeting's link, a draft of
    the outcome and a kept draft."""
    cast = invited_cast()
    return cast, held_exchange(cast).pk


def invited_cast() -> Cast:
    return {
        "guest": None,
        "stranger": make_citizen("Cai", "belfast"),
        "unconfirmed": make_citizen("Una", city_confirmed_at=None),  # says that she works for the city that asks
        "invited": make_citizen("Ivo", "milan"),
        "left": make_citizen("Leo", "surat"),
        "unmatched": make_citizen("Uma", "dakar"),
        "asker": make_citizen("Ana"),
        "helper": make_citizen("Rosa", HELPER.lower()),
        "moderator": make_moderator(),
    }


def held_exchange(cast: Cast) -> Exchange:
    ana, rosa, leo, ivo, uma = (cast[name] for name in ("asker", "helper", "left", "invited", "unmatched"))
    assert ana and rosa and leo and ivo and uma
    exchange = make_exchange(ana, title="Who cleans the ravines?", is_open_to_guests=True, tags=["ravines"])
    invite_cities(exchange, by=ana, cities=[ivo.city])
    make_response(exchange, leo, f"We {SECRET}.")
    leave_exchange(exchange, by=leo)
    make_response(exchange, uma, f"We {SECRET} too.")
    make_response(exchange, rosa, f"Our wardens {SECRET}. @cai @ivo @leo @ana")
    map_of_it = make_file(ana, name=f"{SECRET}.pdf")
    body = f"When? {SECRET} @cai @leo"
    post_reply(exchange.thread, author=ana, body=body, token="when", language="en", files=[map_of_it.pk])
    make_poll(exchange.thread, question=f"Which {SECRET}?")
    match_cities(exchange, by=ana, cities=[rosa.city])
    link = f"https://meet.example/{SECRET}"
    set_meeting(exchange, by=rosa, at=timezone.now() + timedelta(hours=1), zone="UTC", link=link)
    say_met(exchange, by=rosa)
    outcome = make_draft(exchange, rosa, word=SECRET)
    attach_files([make_file(rosa, name=f"{SECRET}-2.pdf").pk], owner=rosa, holder=OUTCOMES, held_id=outcome.pk)
    save_draft(ana, place=f"thread:{exchange.thread_id}", fields={"body": SECRET}, version=0)
    make_thread(author=cast["stranger"], tags=["ravines"])
    deliver_all()
    return exchange


def addresses(exchange: Exchange, cast: Cast) -> set[str]:
    """Every address of the site that can be made from what stands in this house."""
    posts = Post.objects.filter(thread=exchange.thread_id)
    values: dict[str, list[Any]] = {
        "thread_id": [exchange.thread_id],
        "exchange_id": [exchange.pk],
        "post_id": [posts.get(kind=PostKind.OPENING).pk, posts.latest("pk").pk],
        "offer_id": [1],
        "slug": [exchange.slug, exchange.forum.slug, "ravines", HELPER.lower()],
        "handle": ["ana", "rosa"],
        "deed": ["hide"],
        "notice_id": [1],
        "file_id": list(StoredFile.objects.values_list("pk", flat=True)),
        "revision_id": [1],
        "draft_id": [1],
        "city_id": [1],
        "target_id": [exchange.thread_id],
        "kind": ["thread"],
    }
    found = set()
    for name, names in named():
        narrowed = values | ({"slug": [exchange.slug]} if len(names) > 1 else {})
        for kwargs in product(*[narrowed.get(each, ["x"]) for each in names]):
            try:
                found.add(reverse(name, kwargs=dict(zip(names, kwargs, strict=True))))
            except NoReverseMatch:
                continue
    thread = f"/threads/{exchange.thread_id}/changes?since=0"
    similar = "/threads/similar/?title=Who+cleans+the+ravines&tags=ravines"
    return found | {similar, thread, f"/exchanges/{exchange.pk}/{exchange.slug}/changes?since=0", "/tags/?q=rav"}


def named() -> Iterator[tuple[str, list[str]]]:
    """Every address family but the administrators' and the machines' own; and no way out, which would end the crawl."""
    spaces: list[tuple[str, Any]] = [("", get_resolver())]
    spaces += [(f"{name}:", found[1]) for name, found in get_resolver().namespace_dict.items() if name != "admin"]
    for space, resolver in spaces:
        for name in {key for key in resolver.reverse_dict if isinstance(key, str)} - LEFT_OUT:
            for possibility, *_ in resolver.reverse_dict.getlist(name):
                for _, names in possibility:
                    yield f"{space}{name}", names


def test_no_address_family_is_left_out_of_the_crawl(cast: Cast, exchange: Exchange) -> None:
    found = {urlsplit(each).path.split("/")[1] for each in addresses(exchange, cast)}

    families = {"exchanges", "threads", "posts", "forums", "files", "tags", "members", "cities", "webinars", "unread"}
    assert families | {"account", "notifications", "moderation"} <= found


def read(client: Client, address: str) -> str:
    answer = client.get(address, follow=True)
    assert answer.status_code < 500, address
    content = b"" if answer.streaming else answer.content
    return f"{dict(answer.headers)}{content.decode('utf-8', 'replace')}"


def client_of(member: Member | None) -> Client:
    client = Client()
    if member:
        client.force_login(member)
    return client


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_page_says_the_secret_to_who_takes_no_part(who: str, cast: Cast, exchange: Exchange) -> None:
    client = client_of(cast[who])

    told = [address for address in sorted(addresses(exchange, cast)) if SECRET in read(client, address)]

    assert told == []


@pytest.mark.parametrize("who", ["asker", "helper", "moderator"])
def test_the_same_pages_say_it_to_who_takes_part(who: str, cast: Cast, exchange: Exchange) -> None:
    client = client_of(cast[who])

    card = f"/exchanges/{exchange.pk}/{exchange.slug}/"
    saying = {
        card,
        f"{card}outcome/",
        f"/threads/{exchange.thread_id}/",
        f"/exchanges/{exchange.pk}/do/conclude/",
    }
    assert saying <= {urlsplit(address).path for address in addresses(exchange, cast)}
    assert {address for address in saying if SECRET in read(client, address)} == saying


@pytest.mark.parametrize("who", ["guest", "invited", "left"])  # whose first pages differ
def test_no_link_from_the_first_page_on_leads_to_the_secret(who: str, cast: Cast, exchange: Exchange) -> None:
    client = client_of(cast[who])
    card = f"/exchanges/{exchange.pk}/{exchange.slug}/"
    waiting, seen, told = ["/", "/exchanges/", "/notifications/", card], set[str](), []

    while waiting and len(seen) < 60:
        address = waiting.pop(0)
        if address in seen or "logout" in address:
            continue
        seen.add(address)
        page = read(client, address)
        told += [address] if SECRET in page else []
        waiting += links(page, address)

    assert told == []
    assert {card, "/members/cai/"} <= seen


def links(page: str, base: str) -> list[str]:
    found = [part.split('"', 1)[0] for part in page.split('href="')[1:]]
    joined = (urljoin(base, each.split("#")[0]) for each in found)
    return [
        each for each in joined if each.startswith("/") and not each.startswith(("/static", "/es", "/pt", "/fr", "/ar"))
    ]


@pytest.mark.parametrize("who", OUTSIDE)
def test_the_card_names_no_city_but_the_one_that_asks(who: str, cast: Cast, exchange: Exchange) -> None:
    page = read(client_of(cast[who]), f"/exchanges/{exchange.pk}/{exchange.slug}/")

    assert "Who cleans the ravines?" in page
    assert "Quito" in page
    assert HELPER not in page


@pytest.mark.parametrize("who", OUTSIDE)
def test_no_stream_that_others_may_hear_says_it(who: str, cast: Cast, exchange: Exchange) -> None:
    member = cast[who]
    heard, refused = [], set()
    for stream in sorted(set(StreamEntry.objects.values_list("stream", flat=True)) - {"access"}):
        audience = audience_of(stream, member.pk if member else None)
        if audience is None:
            refused.add(stream)
            continue
        heard.append(str(changes(stream, 0, "en", audience)))

    assert f"thread:{exchange.thread_id}" in refused
    assert not [frame for frame in heard if SECRET in frame or f"post-{exchange.thread.last_post_id}" in frame]
    assert not [frame for frame in heard if f"'thread-{exchange.thread_id}'" in frame]


@pytest.mark.parametrize("who", [who for who in OUTSIDE if who != "guest"])
def test_no_notice_mail_or_archive_says_it(who: str, cast: Cast, exchange: Exchange) -> None:
    """Of one's own words each has a copy in her archive: those are told apart."""
    member = cast[who]
    assert member
    ask_for_archive(member)
    deliver_all()

    told = [line.text for line in notices_of(member).notices]
    mails = [f"{mail.subject} {mail.text} {mail.html}" for mail in Mail.objects.filter(to=member.email)]
    with opened(Archive.objects.get(member=member).path) as content, ZipFile(content) as file:
        kept = "".join(file.read(name).decode() for name in ("data.json", "index.html"))

    assert member.name in kept
    own = Post.objects.filter(author=member, thread=exchange.thread_id).values_list("body_markdown", flat=True)
    for words in own:
        kept = kept.replace(words, "").replace(escape(words), "")
    assert not [text for text in (*told, *mails, kept) if SECRET in text]
    assert not [text for text in told if HELPER in text]


def test_the_poll_and_files_of_a_conversation_are_read_by_who_takes_part(cast: Cast, exchange: Exchange) -> None:
    places = [f"/threads/{exchange.thread_id}/poll/reader/"]
    places += [reverse("file", args=[pk, "x"]) for pk in StoredFile.objects.values_list("pk", flat=True)]

    told = {name: [SECRET in read(client_of(member), place) for place in places] for name, member in cast.items()}

    inside = {"asker", "helper", "moderator"}
    assert told == {name: [name in inside] * 3 for name in cast}


def test_who_takes_part_hears_it_at_once(cast: Cast, exchange: Exchange) -> None:
    rosa, stream = cast["helper"], f"thread:{exchange.thread_id}"
    assert rosa
    head = StreamEntry.objects.filter(stream=stream).latest("seq").seq
    post_reply(exchange.thread, author=rosa, body=f"Again {SECRET}.", token="again", language="en")

    audience = audience_of(stream, rosa.pk)
    assert audience == "member"
    assert f"Again {SECRET}" in str(changes(stream, head, "en", audience))


def test_lists_and_counters_of_others_do_not_even_count_it(cast: Cast, exchange: Exchange) -> None:
    from forums.queries import forum_board, latest_threads, tags_like, threads_of_member, unread_threads

    ana, stranger, unconfirmed = cast["asker"], cast["stranger"], cast["unconfirmed"]
    assert ana and stranger and unconfirmed
    for viewer in (AnonymousUser(), stranger, unconfirmed):
        found = latest_threads(viewer, 50) + unread_threads(viewer, 50) + threads_of_member(viewer, ana, 50)
        assert exchange.thread not in found
        assert [
            forum.thread_count for group in forum_board(viewer) for forum in group.listed if forum.slug == "peers"
        ] == [0]
    assert exchange.thread in latest_threads(ana, 50)
    with translation.override("en"):
        assert tags_like("ravines", 5, viewer=stranger) == ["ravines"]  # of the thread that is open to all
