import asyncio
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from community.kept.front import JOINABLE_SECONDS, KeptPages
from community.live import reader as reader_module
from tests.asking import ask
from tests.community.kept.conftest import Wall

PAGE = "/threads/1/floods/"


async def test_the_second_guest_gets_the_first_ones_bytes(kept: KeptPages, wall: Wall) -> None:
    first = await ask(kept, PAGE)

    second = await ask(kept, PAGE)

    assert (second, wall.asked) == (first, 1)


async def test_the_plain_and_the_squeezed_form_say_the_same(kept: KeptPages, wall: Wall) -> None:
    plain = await ask(kept, PAGE)

    squeezed = await ask(kept, PAGE, accept_encoding="br, gzip")

    assert squeezed.headers["content-encoding"] == "gzip"
    assert (squeezed.text, wall.asked) == (plain.text, 1)
    assert len(squeezed.body) == int(squeezed.headers["content-length"]) < len(plain.body)
    assert squeezed.headers["etag"] != plain.headers["etag"]
    assert squeezed.headers["vary"] == plain.headers["vary"] == "Accept-Encoding, Cookie"


async def test_a_kept_page_names_no_request(kept: KeptPages) -> None:
    answer = await ask(kept, PAGE)

    assert "x-request-id" not in answer.headers
    assert answer.headers["cache-control"] == "no-cache"


async def test_a_bell_ends_a_page_at_once(kept: KeptPages, wall: Wall) -> None:
    await ask(kept, PAGE)
    wall.write("two")

    kept.reader.heard({"thread:1": 2})

    assert (await ask(kept, PAGE)).text.startswith("two")


async def test_with_the_bell_lost_a_page_ends_at_the_next_look(kept: KeptPages, wall: Wall) -> None:
    await ask(kept, PAGE)
    wall.write("two")

    await asyncio.sleep(reader_module.LOOK_SECONDS + 0.15)

    assert (await ask(kept, PAGE)).text.startswith("two")


async def test_a_page_begun_before_a_newer_head_is_not_kept(kept: KeptPages, wall: Wall) -> None:
    wall.open.clear()
    asking = asyncio.create_task(ask(kept, PAGE))
    await asyncio.sleep(0.02)
    wall.write("two")
    wall.open.set()
    assert (await asking).text.startswith("one")

    after = await ask(kept, PAGE)

    assert (after.text[:3], wall.asked) == ("two", 2)


async def test_twenty_guests_at_a_cold_page_cost_one_answer(kept: KeptPages, wall: Wall) -> None:
    wall.open.clear()
    guests = [asyncio.create_task(ask(kept, PAGE)) for _ in range(20)]
    await asyncio.sleep(0.02)
    wall.open.set()

    answers = await asyncio.gather(*guests)

    assert (len({answer.body for answer in answers}), wall.asked) == (1, 1)


async def test_nobody_waits_for_an_answer_begun_too_long_ago(kept: KeptPages, wall: Wall) -> None:
    wall.open.clear()
    first = asyncio.create_task(ask(kept, PAGE))
    await asyncio.sleep(JOINABLE_SECONDS + 0.05)
    wall.write("two")
    wall.open.set()

    second = await ask(kept, PAGE)

    assert ((await first).text[:3], second.text[:3]) == ("one", "two")


async def test_the_others_get_their_page_though_the_first_has_left(kept: KeptPages, wall: Wall) -> None:
    wall.open.clear()
    first = asyncio.create_task(ask(kept, PAGE))
    await asyncio.sleep(0.02)
    second = asyncio.create_task(ask(kept, PAGE))
    await asyncio.sleep(0.02)
    first.cancel()
    wall.open.set()

    answer = await second

    assert (answer.text[:3], wall.asked) == ("one", 1)


async def test_nothing_kept_is_shown_while_the_database_cannot_be_asked(
    kept: KeptPages, wall: Wall, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(reader_module, "BLIND_AFTER_SECONDS", 0.3)
    monkeypatch.setattr(reader_module, "LOOK_SECONDS", 0.1)
    await ask(kept, PAGE)
    wall.is_down = True
    await asyncio.sleep(0.5)

    await ask(kept, PAGE)
    await ask(kept, PAGE)

    assert wall.asked == 3
    wall.is_down = False
    await asyncio.sleep(0.3)
    await ask(kept, PAGE)
    await ask(kept, PAGE)
    assert wall.asked in (3, 4)


async def test_languages_never_mix(kept: KeptPages) -> None:
    await ask(kept, PAGE)

    spanish = await ask(kept, f"/es{PAGE}", accept_language="en")

    assert "/es/threads/" in spanish.text


async def test_what_reaches_django_names_nobody(kept: KeptPages, wall: Wall) -> None:
    await ask(kept, PAGE, cookie="theme=dark", accept_language="fr", if_none_match='"x"', accept_encoding="gzip")

    assert wall.scopes[0]["headers"] == [(b"host", b"localhost")]


async def test_head_costs_nothing_and_says_the_same(kept: KeptPages, wall: Wall) -> None:
    page = await ask(kept, PAGE)

    head = await ask(kept, PAGE, method="HEAD")

    assert (head.status, head.headers, head.body, wall.asked) == (200, page.headers, b"", 1)


@pytest.mark.parametrize("form", ["{}", "W/{}", '"other", {}', '"other",W/{} , "more"', "*"])
async def test_who_has_the_page_is_told_so(kept: KeptPages, form: str) -> None:
    page = await ask(kept, PAGE)

    again = await ask(kept, PAGE, if_none_match=form.format(page.headers["etag"]))

    assert (again.status, again.body, again.headers["etag"]) == (304, b"", page.headers["etag"])
    assert again.headers["vary"] == page.headers["vary"]


async def test_the_tag_of_another_encoding_does_not_do(kept: KeptPages) -> None:
    page = await ask(kept, PAGE, accept_encoding="gzip")

    again = await ask(kept, PAGE, if_none_match=page.headers["etag"])

    assert again.status == 200


async def test_a_missing_page_is_told_and_not_kept(kept: KeptPages, wall: Wall) -> None:
    wall.status = 404
    first = await ask(kept, PAGE)

    second = await ask(kept, PAGE)

    assert (first.status, second.status, wall.asked) == (404, 404, 2)


@pytest.mark.parametrize(
    "header",
    [(b"Set-Cookie", b"csrftoken=1"), (b"Cache-Control", b"private"), (b"Cache-Control", b"max-age=0, no-store")],
)
async def test_an_answer_for_one_reader_goes_to_nobody_else(kept: KeptPages, wall: Wall, header: Any) -> None:
    wall.extra = [header]
    wall.open.clear()
    guests = [asyncio.create_task(ask(kept, PAGE)) for _ in range(3)]
    await asyncio.sleep(0.02)
    wall.open.set()

    answers = await asyncio.gather(*guests)

    assert ([answer.status for answer in answers], wall.asked) == ([200] * 3, 3)


async def test_a_page_that_speaks_of_now_ends_at_its_instant(kept: KeptPages, wall: Wall) -> None:
    wall.until = datetime.now(UTC) + timedelta(seconds=0.2)
    await ask(kept, PAGE)
    await ask(kept, PAGE)
    assert wall.asked == 1

    await asyncio.sleep(0.25)

    await ask(kept, PAGE)
    assert wall.asked == 2


async def test_a_page_that_names_no_stream_is_not_kept(kept: KeptPages, wall: Wall) -> None:
    wall.heads = {}

    await ask(kept, PAGE)
    await ask(kept, PAGE)

    assert wall.asked == 2


async def test_what_is_kept_stays_within_bounds(kept: KeptPages, wall: Wall) -> None:
    for number in range(50):
        wall.heads = {"site": 1, f"thread:{number}": 1}
        await ask(kept, f"/threads/{number}/x/")

    shelf = kept.shelf
    assert shelf.size <= shelf.most_bytes
    assert len(shelf.heads) <= shelf.most_streams
    assert shelf.size == sum(page.size for page in shelf.pages.values())
    assert shelf.heads.keys() == {stream for page in shelf.pages.values() for stream in page.heads}
