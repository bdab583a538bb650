"""A session is planned, somebody registers without an account, and mail, open page, feed and room follow it."""

import re
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server
from tests.browser.talk import expect_state, open_live

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
LINK = "https://meet.example/night"


def mail_to(page: Page, subject: str) -> str:
    """The newest mail with this subject, which a worker may still be writing."""
    for _ in range(40):
        page.goto("/mailbox/")
        _, found, text = page.locator("main").inner_text().partition(subject)
        if found:
            return text.partition("To:")[0]
        time.sleep(0.5)
    raise AssertionError(f"no mail: {subject}")


def address_in(mail: str, part: str) -> str:
    return str(re.findall(rf"http://localhost:\d+(\S*/{part}/\S+)", mail)[0])


def clock(moment: datetime) -> tuple[str, str]:
    return moment.strftime("%Y-%m-%d"), moment.strftime("%H:%M")


def fill_time(page: Page, moment: datetime) -> None:
    day, hour = clock(moment)
    page.fill("[name=day]", day)
    page.fill("[name=time]", hour)


def save(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form.write p.deeds-row .button").last.click()


def plan(page: Page, title: str, starts_at: datetime, *, seats: str = "") -> str:
    """Returns: the address of the session, for everybody."""
    page.goto("/webinars/desk/new/?series=cities-on-the-frontline")
    page.fill("[name=title_en]", title)
    fill_time(page, starts_at)
    page.select_option("[name=timezone]", "UTC")
    page.select_option("[name=visibility]", "public")
    page.check("[name=takes_registrations]")
    page.fill("[name=capacity]", seats)
    page.fill("[name=room_link]", LINK)
    page.fill("[name=room_access]", "Passcode 4711")
    save(page)
    if page.locator("main [role=status]").count():  # an invented session of the demonstration is at the same time
        save(page)
    return str(page.get_by_role("link", name="Look at it").get_attribute("href"))


def register(page: Page, address: str, name: str, email: str) -> None:
    page.goto(address)
    page.fill("[name=name]", name)
    page.fill("[name=email]", email)
    page.locator("#registration").get_by_role("button").click()
    expect(page.locator("h1")).to_have_text("Look into your mail")


def move(page: Page, desk: str, starts_at: datetime) -> None:
    page.goto(desk)
    fill_time(page, starts_at)
    save(page)
    if page.locator("h1").inner_text() != "Whom to tell, and what":
        save(page)
    expect(page.locator("h1")).to_have_text("Whom to tell, and what")
    with page.expect_navigation():
        page.locator("main [name=deed][value=tell]").click()


def test_a_session_that_is_moved_moves_in_mails_on_open_pages_in_feeds_and_for_reminders(
    open_browser: Callable[..., Page], signed_in: Callable[..., Page], server: Server
) -> None:
    title, now = f"Night shelters {uuid4().hex[:6]}", datetime.now(UTC)
    first, then = now + timedelta(days=20), (now + timedelta(days=21, hours=2)).replace(second=0, microsecond=0)
    bo, rosa, guest = signed_in("bo"), open_browser(), open_browser(timezone_id="Asia/Jakarta")
    address = plan(bo, title, first)
    desk = bo.url
    register(rosa, address, "Rosa Quispe", f"rosa.{uuid4().hex[:6]}@city.example")
    rosa.goto(address_in(mail_to(rosa, f"Confirm your registration: {title}"), "registration/confirm"))
    rosa.get_by_role("button", name="Confirm").click()
    expect(rosa.locator("main")).to_contain_text("You are registered.")
    open_live(guest, address)
    guest.fill("[name=name]", "Budi, who is still typing")
    feed = guest.request.get("/calendar/cities-on-the-frontline.ics")
    assert first.strftime("DTSTART:%Y%m%dT%H%M00Z") in feed.text()

    move(bo, desk, then)

    in_jakarta = (then + timedelta(hours=7)).strftime("%H:%M GMT+7")
    expect(guest.locator(".clocks .mine dd")).to_contain_text(in_jakarta)
    expect(guest.locator("[name=name]")).to_have_value("Budi, who is still typing")
    expect_state(guest, "live")
    mail = mail_to(rosa, f"Another time: {title}")
    assert then.strftime("%H:%M") in mail or "GMT" in mail
    again = guest.request.get("/calendar/cities-on-the-frontline.ics", headers={"If-None-Match": feed.headers["etag"]})
    events = [each for each in again.text().split("BEGIN:VEVENT") if title in each.replace("\r\n ", "")]
    assert then.strftime("DTSTART:%Y%m%dT%H%M00Z") in events[0] and "SEQUENCE:1" in events[0]
    due = (
        "from community.facts.models import Delivery; from webinars.models import Session; "
        f"session = Session.objects.get(title_en='{title}'); "
        "told = {'fact__name': 'session_nears', 'fact__ids__session_id': session.pk}; "
        "waiting = Delivery.objects.filter(**told, fact__ids__sequence=session.sequence, done_at=None); "
        "print(sorted((session.starts_at - each.due_at).total_seconds() / 3600 for each in waiting))"
    )
    assert server.manage("shell", "--no-imports", "--command", due).strip() == "[1.0, 24.0]"


def test_an_open_page_and_its_tab_take_the_new_title(
    open_browser: Callable[..., Page], signed_in: Callable[..., Page]
) -> None:
    old, new = (f"{words} {uuid4().hex[:6]}" for words in ("Dry wells", "Wet wells"))
    bo, guest = signed_in("bo"), open_browser()
    address = plan(bo, old, datetime.now(UTC) + timedelta(days=22))
    desk = bo.url
    open_live(guest, address)

    bo.goto(desk)
    bo.fill("[name=title_en]", new)
    save(bo)
    if bo.locator("main [role=status]").count() and not bo.get_by_text("Saved.").count():
        save(bo)

    expect(guest.locator("h1")).to_contain_text(new)
    expect(guest).to_have_title(re.compile(new))


def test_the_room_opens_for_who_is_registered_while_she_waits_at_its_door(
    open_browser: Callable[..., Page], signed_in: Callable[..., Page]
) -> None:
    title, now = f"Night buses {uuid4().hex[:6]}", datetime.now(UTC)
    bo, ana, guest = signed_in("bo"), signed_in("ana"), open_browser()
    address = plan(bo, title, now + timedelta(minutes=40))
    desk = bo.url
    ana.goto(address)
    ana.get_by_role("button", name="Register", exact=True).click()
    expect(ana.locator("#registration")).to_contain_text("You are registered.")
    ana.get_by_role("link", name="Join the session").click()
    expect(ana.locator("main")).to_contain_text("The room is not open yet")
    assert "4711" not in ana.content()

    move(bo, desk, now + timedelta(minutes=10))
    ana.get_by_role("link", name="Look again").click()

    expect(ana.get_by_role("link", name="Go in")).to_have_attribute("href", LINK)
    expect(ana.locator("main")).to_contain_text("Passcode 4711")
    guest.goto(f"{address}join/")
    expect(guest.locator("main")).to_contain_text("This session is for those who are registered.")
    assert LINK not in guest.content()


def test_a_seat_that_gets_free_is_offered_to_who_waits_while_her_page_is_open(
    open_browser: Callable[..., Page], signed_in: Callable[..., Page]
) -> None:
    title = f"Night nurses {uuid4().hex[:6]}"
    bo, ana, cai = signed_in("bo"), signed_in("ana"), signed_in("cai")
    address = plan(bo, title, datetime.now(UTC) + timedelta(days=9), seats="1")
    ana.goto(address)
    ana.get_by_role("button", name="Register", exact=True).click()
    expect(ana.locator("#registration")).to_contain_text("You are registered.")
    cai.goto(address)
    cai.get_by_role("button", name="Put me on the waiting list").click()
    expect(cai.locator("#registration")).to_contain_text("place 1 of the waiting list")
    expect_state(cai, "live")
    cai.locator("h1").click()  # the focus is not in the box

    ana.get_by_role("button", name="Cancel my registration").click()

    expect(cai.locator("#registration")).to_contain_text("A seat is yours if you accept it until")
    cai.get_by_role("button", name="Accept the seat").click()
    expect(cai.locator("#registration")).to_contain_text("You are registered.")
