"""A text that is too long is said to be so before it is sent."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page, expect

pytestmark = pytest.mark.browser

NEW = "/forums/floods/new/"


def test_what_is_too_long_says_so_below_the_field_and_is_not_sent(signed_in: Callable[..., Page]) -> None:
    page = signed_in("ana")
    page.goto(NEW)
    page.fill("input[name=title]", "A whole report")
    page.fill("textarea[name=body]", "🌊" * 32_000)
    note = page.locator("#id_body_too_long")
    expect(note).to_be_empty()

    page.fill("textarea[name=body]", "🌊" * 32_001)
    expect(note).to_have_text("This text has 32001 characters: at most 32000, please.")
    page.locator("form.write button:not([name])").click()

    assert page.url.endswith(NEW)
    page.fill("textarea[name=body]", "Shorter.")
    expect(note).to_be_empty()
