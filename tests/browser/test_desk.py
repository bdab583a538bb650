"""The desk in an organiser's hand: its month on a phone, and who came, without a script and on paper."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

from tests.browser.server import Server

pytestmark = pytest.mark.browser
PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PLAN = """
from tests.factories.webinars import make_session
from webinars.models import Series
for day in (3, 17):
    make_session(f"phone-{day}", series=Series.objects.earliest("pk"), starts_local=f"2032-03-{day:02}T08:00")
"""


def test_on_a_phone_a_month_is_a_list_of_the_days_that_have_sessions(
    server: Server, signed_in: Callable[..., Page]
) -> None:
    server.manage("shell", "--no-imports", "--verbosity=0", "--command", PLAN)
    bo = signed_in("bo", viewport=PHONE)

    for language in ("", "/ar"):
        bo.set_viewport_size(PHONE)
        bo.goto(f"{language}/webinars/desk/?view=month&from=2032-03")

        shown = bo.locator("td[data-day]:visible")
        assert shown.evaluate_all("(days) => days.map((day) => day.dataset.day)") == ["2032-03-03", "2032-03-17"]
        expect(shown.first.locator(".where-narrow")).to_be_visible()
        assert bo.evaluate("document.documentElement.scrollWidth") <= PHONE["width"]
        bo.set_viewport_size(WIDE)
        expect(bo.get_by_role("columnheader")).to_have_count(7)
        assert bo.locator("td[data-day]:visible").count() % 7 == 0


def test_a_list_of_registrations_is_printed_with_one_tap(
    things: dict[str, str], signed_in: Callable[..., Page]
) -> None:
    bo = signed_in("bo")
    bo.add_init_script("window.print = () => document.body.setAttribute('data-printed', '')")
    bo.goto(f"/webinars/desk/{things['past id']}/registrations/")

    bo.get_by_role("button", name="Print").click()

    expect(bo.locator("body[data-printed]")).to_have_count(1)


def test_who_came_is_ticked_without_a_script_taken_back_and_fit_for_paper(
    things: dict[str, str], signed_in: Callable[..., Page]
) -> None:
    bo = signed_in("bo", java_script_enabled=False)
    bo.goto(f"/webinars/desk/{things['past id']}/registrations/")
    expect(bo.locator("main header")).to_contain_text("Came: 1 of 2")
    expect(bo.get_by_role("checkbox", name="سلمى")).to_be_checked()

    bo.get_by_role("checkbox", name="Imani Odhiambo").check()
    bo.get_by_role("checkbox", name="سلمى").uncheck()
    bo.get_by_role("button", name="Save").click()

    expect(bo.locator("main header")).to_contain_text("Came: 1 of 2")
    expect(bo.get_by_role("checkbox", name="Imani Odhiambo")).to_be_checked()
    bo.emulate_media(media="print")
    expect(bo.get_by_role("checkbox", name="Imani Odhiambo")).to_be_visible()
    expect(bo.locator("main .button:visible")).to_have_count(0)
    assert bo.locator("main .table").evaluate("(table) => getComputedStyle(table).overflowX") == "visible"
