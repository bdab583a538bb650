"""The schedule's month as a guest reads it: on a phone a list of days, by her own clocks with one tap."""

import re
from collections.abc import Callable
from datetime import datetime
from zoneinfo import ZoneInfo

import pytest
from django.utils import timezone, translation
from playwright.sync_api import Page, expect

from i18n.languages import CODES, DEFAULT
from i18n.times import meeting_in_words
from tests.browser.server import Server

pytestmark = pytest.mark.browser
PHONE, WIDE = {"width": 360, "height": 740}, {"width": 1280, "height": 900}
PLAN = """
from tests.factories.webinars import make_session
from webinars.models import Series
for day in (3, 17):
    make_session(f"month-{day}", series=Series.objects.earliest("pk"), starts_local=f"2033-03-{day:02}T20:30")
"""


def test_on_a_phone_a_month_is_a_list_in_both_directions(server: Server, open_browser: Callable[..., Page]) -> None:
    server.manage("shell", "--no-imports", "--verbosity=0", "--command", PLAN)
    page = open_browser(viewport=PHONE, java_script_enabled=False)

    for language in ("", "/ar"):
        page.set_viewport_size(PHONE)
        page.goto(f"{language}/webinars/month/?from=2033-03&zone=Asia/Jakarta")

        shown = page.locator("td[data-day]:visible")
        days = [shown.nth(number).get_attribute("data-day") for number in range(shown.count())]
        assert days == ["2033-03-04", "2033-03-18"], "the next day there"
        expect(shown.first).to_contain_text("03:30")
        whole = page.locator("html").bounding_box()
        assert whole and whole["width"] <= PHONE["width"]
        page.set_viewport_size(WIDE)
        expect(page.get_by_role("columnheader")).to_have_count(7)
        assert page.locator("td[data-day]:visible").count() % 7 == 0


def test_a_guests_own_clocks_are_one_tap_away(open_browser: Callable[..., Page]) -> None:
    page = open_browser(timezone_id="Asia/Jakarta")
    page.goto("/webinars/month/?from=2033-03")

    expect(page.locator("select[name=zone]")).to_have_value("Asia/Jakarta")
    page.get_by_role("button", name="Show").click()

    expect(page).to_have_url(re.compile(r"from=2033-03.*zone=Asia%2FJakarta"))
    expect(page.locator("main header")).to_contain_text("Times in Jakarta, GMT+7")


def test_a_guests_browser_says_when_a_session_is_as_the_site_would_in_her_zone(
    server: Server, open_browser: Callable[..., Page]
) -> None:
    page = open_browser(timezone_id="Asia/Jakarta")

    for language in CODES:
        page.goto(f"{'' if language == DEFAULT else '/' + language}/webinars/")
        dates = page.locator("main time[data-when=meeting]").all()[:5]
        assert len(dates) == 5
        for shown in dates:
            moment = datetime.fromisoformat(shown.get_attribute("datetime") or "")
            with translation.override(language), timezone.override(ZoneInfo("Asia/Jakarta")):
                expect(shown).to_have_text(meeting_in_words(moment))
