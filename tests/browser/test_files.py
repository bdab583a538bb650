"""Files by hand: chosen, sent over a bad line, resumed, refused; with scripts and without; a photo cut by keyboard."""

import re
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Page, Route, expect

from tests.factories.files import ELF, PDF, jpeg_with_gps, png

pytestmark = pytest.mark.browser


def thread(page: Page, things: dict[str, str]) -> None:
    page.goto(things["discussion"])


def choose(page: Page, name: str, content: bytes, kind: str = "application/octet-stream") -> None:
    page.set_input_files("input[name=upload]", {"name": name, "mimeType": kind, "buffer": content})


def last_post(page: Page) -> Any:
    return page.locator(".posts .slot.own").last


def test_a_picture_is_sent_described_and_appears_in_the_reply(
    signed_in: Callable[..., Page], things: dict[str, str]
) -> None:
    page = signed_in("ana")
    thread(page, things)

    choose(page, "map.png", png(), "image/png")
    page.get_by_label("What does the picture show?").fill("A map of our drains")
    page.fill("#reply textarea[name=body]", "Here is our map.")
    page.locator("#reply .foot button:not([name])").click()

    picture = page.locator('.posts img[alt="A map of our drains"]')
    expect(picture).to_be_visible(timeout=20_000)
    assert picture.evaluate("image => [image.getAttribute('width'), image.getAttribute('height')]") == ["1200", "800"]
    expect(page.locator("#reply .chosen li")).to_have_count(0)


def test_a_cut_upload_waits_and_goes_on_by_itself(signed_in: Callable[..., Page], things: dict[str, str]) -> None:
    page = signed_in("cai")
    thread(page, things)
    parts: list[str] = []
    failing = [True]

    def line(route: Route) -> None:
        if route.request.method == "PUT":
            parts.append(route.request.url)
            if failing[0] and len(parts) > 2:
                return route.abort("connectionreset")
        return route.continue_()

    page.route("**/account/files/*/?offset=*", line)
    page.fill("#reply textarea[name=body]", "The whole survey.")
    choose(page, "survey.pdf", PDF + bytes(6 * 1024 * 1024), "application/pdf")
    row = page.locator("#reply .chosen li")
    expect(row).to_contain_text("waiting for the connection", timeout=20_000)
    assert 0 < row.locator("progress").evaluate("bar => bar.value") < 1
    page.locator("#reply .foot button:not([name])").click()  # sent as soon as the file is here
    expect(page.locator("[data-files-state]")).to_have_text("It will be sent as soon as the files are here.")
    failing[0] = False
    page.evaluate("dispatchEvent(new Event('online'))")

    expect(page.locator(".posts .papers a", has_text="survey.pdf")).to_be_visible(timeout=40_000)
    whole = [re.search(r"offset=(\d+)", part)[1] for part in parts]  # type: ignore[index]
    assert whole.count("0") == 1


def test_after_a_reload_the_same_file_goes_on_where_it_was(
    signed_in: Callable[..., Page], things: dict[str, str], tmp_path: Path
) -> None:
    page = signed_in("bo")
    thread(page, things)
    survey = tmp_path / "survey.pdf"
    survey.write_bytes(PDF + bytes(3 * 1024 * 1024))
    sent: list[int] = []
    page.on("request", lambda asked: sent.append(int(asked.url.rpartition("=")[2])) if asked.method == "PUT" else None)
    page.route("**/account/files/*/?offset=*", lambda route: route.continue_() if len(sent) < 3 else route.abort())
    page.set_input_files("input[name=upload]", survey)
    expect(page.locator("#reply .chosen li")).to_contain_text("waiting for the connection", timeout=20_000)
    page.reload()
    page.wait_for_load_state("networkidle")  # the scripts are there
    page.unroute("**/account/files/*/?offset=*")  # not before: the page that is left would go on by itself
    sent.clear()

    page.set_input_files("input[name=upload]", survey)

    expect(page.locator("#reply .chosen li [data-said]")).to_have_text("", timeout=30_000)
    assert sent and sent[0] > 0


def test_a_program_is_refused_in_words_and_the_text_stays(
    signed_in: Callable[..., Page], things: dict[str, str]
) -> None:
    page = signed_in("ana")
    thread(page, things)
    page.fill("#reply textarea[name=body]", "Look at this.")

    choose(page, "holiday.jpg", ELF, "image/jpeg")

    expect(page.locator("#reply .chosen li")).to_contain_text("This is a program, whatever its name says")
    assert page.input_value("#reply textarea[name=body]") == "Look at this."
    assert page.input_value("#reply [name=files]") == ""
    expect(page.locator("#reply .chosen progress")).to_be_hidden()
    expect(page.locator("#reply [data-files-state]")).to_have_class("unseen")

    page.locator("#reply .foot button:not([name])").click()

    expect(last_post(page)).to_contain_text("Look at this.")
    expect(page.locator("#reply .chosen li")).to_have_count(0)
    expect(page.locator("#reply [data-files-state]")).to_have_text("")


def test_removing_is_undone_by_the_same_tick(signed_in: Callable[..., Page], things: dict[str, str]) -> None:
    page = signed_in("ana")
    thread(page, things)
    choose(page, "plan.pdf", PDF, "application/pdf")
    expect(page.locator("#reply .chosen li[data-state=ready]")).to_have_count(1, timeout=20_000)
    named = page.input_value("#reply [name=files]")

    page.locator("#reply .drop input").check()
    without = page.input_value("#reply [name=files]")
    page.locator("#reply .drop input").uncheck()

    assert (without, page.input_value("#reply [name=files]")) == ("", named)
    page.locator("#reply .drop input").check()


def test_without_scripts_a_file_is_attached_and_sent(signed_in: Callable[..., Page], things: dict[str, str]) -> None:
    page = signed_in("cai", java_script_enabled=False)
    thread(page, things)
    page.fill("#reply textarea[name=body]", "Levels, as a table.")
    choose(page, "levels.csv", b"station,level\nA,1\nB,2\n", "text/csv")
    page.click("#reply button[name=attach]")
    assert page.input_value("#reply textarea[name=body]") == "Levels, as a table."
    expect(page.locator("#reply .chosen li")).to_contain_text("levels.csv")

    page.locator("#reply .foot button:not([name])").click()

    expect(last_post(page)).to_contain_text("levels.csv")


def test_a_photo_is_cut_by_keyboard_and_becomes_the_face(signed_in: Callable[..., Page]) -> None:
    page = signed_in("bo")
    page.goto("/account/photo/")
    page.set_input_files("#photo", {"name": "me.jpg", "mimeType": "image/jpeg", "buffer": jpeg_with_gps(900, 600)})
    page.locator("canvas").focus()
    for key in ("ArrowLeft", "ArrowUp"):
        page.keyboard.press(key)
    page.locator("#zoom").press("ArrowRight")

    with page.expect_request(lambda asked: asked.method == "POST") as sent:
        page.get_by_role("button", name="Save photo").click()

    assert len(sent.value.post_data_buffer or b"") < 100_000
    expect(page.get_by_text("Your photo is being prepared")).to_be_visible()
    for _ in range(20):
        page.goto("/account/photo/")
        if page.locator("main img.face").count():
            break
        page.wait_for_timeout(300)
    face = page.locator("main img.face")
    assert face.evaluate("image => image.decode().then(() => image.naturalWidth)") in (96, 192)
    page.get_by_role("button", name="Remove photo").click()
    expect(page.locator("main img.face")).to_have_count(0)
