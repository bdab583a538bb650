"""An organiser plans forty sessions in three languages, and an attendee's calendar has them all."""

import re
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from uuid import uuid4

import pytest
from playwright.sync_api import Page, expect

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]
COUNT = 40
TITLES = {"en": "Evening round %s", "es": "Ronda de la tarde %s", "pt": "Roda da noite %s"}


def make_series(page: Page, title: str) -> str:
    """Returns: its slug."""
    page.goto("/webinars/desk/series/new/")
    page.fill("[name=title_en]", title)
    page.fill("[name=title_es]", f"{title} (es)")
    page.fill("[name=title_pt]", f"{title} (pt)")
    page.select_option("[name=timezone]", "America/New_York")
    for code in ("en", "es", "pt"):
        page.locator(f"[name=languages][value={code}]").check()
    page.get_by_role("button", name="Save").click()
    page.wait_for_url("**/webinars/desk/?series=*")
    return page.url.split("series=")[1]


def name_all(page: Page, series: str) -> None:
    """In three languages, page by page."""
    done = 0
    for number in (1, 2):
        page.goto(f"/webinars/desk/titles/?series={series}&page={number}")
        rows = page.locator("form.write > fieldset")
        for index in range(rows.count()):
            done += 1
            for code, title in TITLES.items():
                rows.nth(index).locator(f"input[lang={code}]").fill(title % done)
        page.get_by_role("button", name="Save").click()
        expect(page.locator(".messages")).to_contain_text("20 sessions have theirs.")
    assert done == COUNT


def test_forty_sessions_in_three_languages_come_into_every_calendar_at_the_right_hour(
    signed_in: Callable[..., Page], open_browser: Callable[..., Page]
) -> None:
    bo, first = signed_in("bo"), date.today() + timedelta(days=30)
    series = make_series(bo, f"Evening edition {uuid4().hex[:6]}")
    bo.goto(f"/webinars/desk/repeat/?series={series}")
    bo.fill("[name=title]", "Evening edition")
    bo.fill("[name=day]", first.isoformat())
    bo.fill("[name=time]", "20:30")
    bo.fill("[name=count]", str(COUNT))
    bo.get_by_role("button", name="Show the dates").click()
    expect(bo.locator("#dates")).to_have_text(f"{COUNT} dates")
    expect(bo.locator("table")).to_contain_text("holiday:")  # in forty weeks six cities have one
    bo.get_by_role("button", name=f"Make {COUNT} drafts").click()
    name_all(bo, series)
    bo.goto(f"/webinars/desk/?series={series}")
    bo.get_by_role("button", name="Publish all drafts on this page").click()
    expect(bo.locator(".messages")).to_contain_text(f"{COUNT} sessions are published.")

    guest = open_browser()
    for code, prefix in (("en", ""), ("es", "/es"), ("pt", "/pt")):
        text = guest.request.get(f"{prefix}/calendar/{series}.ics").text().replace("\r\n ", "")
        assert text.count("BEGIN:VEVENT") == COUNT
        assert sorted(re.findall(r"SUMMARY:(.*)\r", text)) == sorted(TITLES[code] % n for n in range(1, COUNT + 1))
        starts = {datetime.strptime(found, "%Y%m%dT%H%M%SZ") for found in re.findall(r"DTSTART:(\w+)", text)}
        assert {each.replace(tzinfo=UTC).hour for each in starts} == {0, 1}, "20:30 in New York, by both its clocks"
    guest.goto(f"/pt/webinars/{series}/")
    expect(guest.locator("main")).to_contain_text("Roda da noite 1")
