"""The admin's own scripts run under the house's policy."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser


def test_the_admin_works_without_a_script_error(signed_in: Callable[..., Page]) -> None:
    page = signed_in("eve", anew=True)

    for place in ("", "members/member/", "moderation/decision/", "forums/forum/1/change/"):
        page.goto(f"/admin/{place}")
        expect(page.locator("#header")).to_contain_text("Frontline")
    assert page.evaluate("typeof django.jQuery") == "function"
