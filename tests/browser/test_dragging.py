"""An organiser drags a session to another day: its form opens with that day, and only saving moves it."""

import re
from collections.abc import Callable

import pytest
from playwright.sync_api import Locator, Page, expect

from tests.browser.server import Server

pytestmark = pytest.mark.browser
WIDE = {"width": 1280, "height": 1600}  # all days in sight: a hand needs no scrolling
PLAN = """
from tests.factories.webinars import make_session
from webinars.models import Series
series = Series.objects.order_by("pk").first()
for slug, day in (("{0}-to-drag", 3), ("{0}-there", 17)):
    make_session(slug, series=series, starts_local=f"{1}-{{day:02}}T08:00", titles={{"en": slug}})
"""


def planned(server: Server, name: str, month: str) -> None:
    """Two sessions in a month of their own: one to drag, and one on the 17th."""
    server.manage("shell", "--no-imports", "--verbosity=0", "--command", PLAN.format(name, month))


def open_month(page: Page, month: str) -> None:
    """Once its sessions can be dragged."""
    page.goto(f"/webinars/desk/?view=month&from={month}")
    expect(page.locator(".planned[draggable=true]")).to_have_count(2)


def day(page: Page, day: str) -> Locator:
    return page.locator(f"td[data-day='{day}']")


def test_a_dropped_session_is_asked_about_with_its_clash_and_moved_by_saving_alone(
    server: Server, signed_in: Callable[..., Page]
) -> None:
    planned(server, "shade", "2031-07")
    bo = signed_in("bo", viewport=WIDE)
    open_month(bo, "2031-07")

    bo.locator(".planned", has_text="shade-to-drag").drag_to(day(bo, "2031-07-17"))
    bo.wait_for_url(re.compile(r"/webinars/desk/\d+/\?day=2031-07-17$"))

    expect(bo.locator("[name=day]")).to_have_value("2031-07-17")
    expect(bo.locator("[name=time]")).to_have_value("08:00")
    expect(bo.locator(".notice")).to_contain_text("shade-there")
    open_month(bo, "2031-07")
    expect(day(bo, "2031-07-03")).to_contain_text("shade-to-drag")

    bo.locator(".planned", has_text="shade-to-drag").drag_to(day(bo, "2031-07-17"))
    bo.get_by_role("button", name="Save all the same").click()
    bo.wait_for_url(re.compile(r"/webinars/desk/\d+/$"))
    bo.goto("/webinars/desk/?view=month&from=2031-07")
    expect(day(bo, "2031-07-17").locator(".planned")).to_have_count(2)
    expect(day(bo, "2031-07-03").locator(".planned")).to_have_count(0)


def test_a_session_dropped_where_it_was_stays_there(server: Server, signed_in: Callable[..., Page]) -> None:
    planned(server, "drains", "2031-09")
    bo = signed_in("bo", viewport=WIDE)
    open_month(bo, "2031-09")

    bo.locator(".planned", has_text="drains-to-drag").drag_to(day(bo, "2031-09-03"), target_position={"x": 90, "y": 90})

    expect(day(bo, "2031-09-03")).to_contain_text("drains-to-drag")
    assert bo.url.endswith("?view=month&from=2031-09")


def test_without_scripts_and_by_keyboard_the_form_does_the_same(server: Server, signed_in: Callable[..., Page]) -> None:
    planned(server, "roofs", "2031-11")
    bo = signed_in("bo", viewport=WIDE, java_script_enabled=False)
    bo.goto("/webinars/desk/?view=month&from=2031-11")
    expect(bo.locator("[data-with-script]")).to_be_hidden()

    bo.get_by_role("link", name="roofs-to-drag").press("Enter")
    bo.fill("[name=day]", "2031-11-17")
    bo.get_by_role("button", name="Save", exact=True).press("Enter")
    bo.get_by_role("button", name="Save all the same").press("Enter")

    bo.goto("/webinars/desk/?view=month&from=2031-11")
    expect(day(bo, "2031-11-17").locator(".planned")).to_have_count(2)
