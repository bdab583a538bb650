"""What a reader does on a page before it is looked at."""

from playwright.sync_api import Page

BEGUN = """| a | b |
|---|---|
| 1 | 2 |

- [x] done

> said

`code` [link](/cities/)[^1]

[^1]: Note.
"""


def send_nothing(page: Page) -> None:
    """Send the page's form as a browser without checks of its own would, with its texts emptied."""
    with page.expect_navigation():
        page.evaluate(
            """() => {
                const form = document.querySelector("main form[method=post]:not(#deeds)");
                for (const field of form.querySelectorAll("input:not([type=hidden]), textarea")) field.value = "";
                HTMLFormElement.prototype.submit.call(form);
            }"""
        )


def send_nothing_at_all(page: Page) -> None:
    """A photo's form without a photo."""
    with page.expect_navigation():
        page.evaluate("() => HTMLFormElement.prototype.submit.call(document.querySelector('form[data-crop]'))")


def see_dates(page: Page) -> None:
    """Of sessions that come again."""
    page.fill("[name=title]", "Cities on the Frontline")
    page.fill("[name=day]", "2027-03-04")
    page.fill("[name=time]", "08:00")
    page.locator("button[value=show]").click()
    page.locator("#dates").wait_for()


def see_mails(page: Page) -> None:
    """As they would go to those who come to a session."""
    page.fill("[name=subject_en]", "Bring water")
    page.fill("[name=text_en]", "The hall is warm.\n\nWater is outside.")
    page.locator("button[value=show]").click()
    page.locator("#mails").wait_for()


def bring_calendar(page: Page) -> None:
    events = "BEGIN:VEVENT\nUID:1\nSUMMARY:Drains\nDTSTART:20300307T080000\nEND:VEVENT\nBEGIN:VEVENT\nEND:VEVENT\n"
    page.fill("[name=text]", f"BEGIN:VCALENDAR\n{events}END:VCALENDAR\n")
    page.locator("button[value=show]").click()
    page.locator("#found").wait_for()


def preview(page: Page) -> None:
    page.fill("textarea[name=body]", BEGUN)
    page.locator("[data-preview]").click()
    page.locator(".preview").wait_for()


def begin_title(page: Page) -> None:
    page.fill("input[name=title]", "Flood sensors that survived two monsoons")
    page.locator("#similar").wait_for()


def open_menu(page: Page) -> None:
    page.locator("[data-menu] summary").click()


def open_control(page: Page) -> None:
    page.locator("details.follow summary").click()


def ask_for_no_time(page: Page) -> None:
    page.check("input[value=at]")
    with page.expect_navigation():
        page.locator("main form .button").first.click()


def be_proved(page: Page) -> None:
    """She shows that it is she, where a page asks for it first."""
    page.fill("input[name=password]", "frontline-demo")
    with page.expect_navigation():
        page.locator("form:has(input[name=password]) .button").click()


def decline_without_reason(page: Page) -> None:
    with page.expect_navigation():
        page.locator("main form [name=decline]").click()


def decide_about_nobody(page: Page) -> None:
    with page.expect_navigation():
        page.locator("#requests .button").first.click()


def decline_for_nothing(page: Page) -> None:
    with page.expect_navigation():
        page.evaluate(
            "() => HTMLFormElement.prototype.submit.call(document.querySelector('form[action$=\"/decline/\"]'))"
        )


def make_link(page: Page) -> None:
    with page.expect_navigation():
        page.locator("section:has(#feed) .button").first.click()
