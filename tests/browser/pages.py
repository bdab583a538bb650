"""Every page of the site, by the name of its address, as guest, as member and as moderator."""

import json
import re
from collections.abc import Callable
from dataclasses import dataclass

from playwright.sync_api import Page

from tests.browser.server import Server

BEGUN = """| a | b |
|---|---|
| 1 | 2 |

- [x] done

> said

`code` [link](/cities/)[^1]

[^1]: Note.
"""
MADE = "from tests.browser.examples import show; show()"


@dataclass(frozen=True)
class Example:
    """One page: `name` of its address in the URLconf; `address` without a language, with {examples} to fill in."""

    name: str
    address: str
    status: int = 200
    then: Callable[[Page], object] | None = None  # what a reader does there first


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


def preview(page: Page) -> None:
    page.fill("textarea[name=body]", BEGUN)
    page.locator("[data-preview]").click()
    page.locator(".preview").wait_for()


def open_menu(page: Page) -> None:
    page.locator("[data-menu] summary").click()


GUEST = [
    Example("home", "/"),
    Example("style", "/style/"),
    Example("forums:index", "/forums/"),
    Example("forums:forum", "/forums/floods/"),
    Example("forums:forum", "/forums/ask/?order=unanswered"),
    Example("forums:thread", "{discussion}"),
    Example("forums:thread", "{discussion}?page=2"),
    Example("forums:thread", "{question}"),
    Example("forums:thread", "{locked}"),
    Example("forums:thread", "{arabic}"),
    Example("forums:tag", "/tags/budget/"),
    Example("members:member", "/members/ana/"),
    Example("members:cities", "/cities/"),
    Example("members:city", "/cities/quito/"),
    Example("programmes:programmes", "/programmes/"),
    Example("programmes:programme", "/programmes/recap21/"),
    Example("webinars:index", "/webinars/"),
    Example("webinars:series", "/webinars/cities-on-the-frontline/"),
    Example("webinars:session", "{coming session}"),
    Example("webinars:session", "{past session}"),
    Example("mail:mailbox", "/mailbox/"),
    Example("account_login", "/account/login/"),
    Example("account_login", "/account/login/", then=send_nothing),
    Example("account_signup", "/account/signup/"),
    Example("account_signup", "/account/signup/", then=send_nothing),
    Example("account_email_verification_sent", "/account/signup/sent/"),
    Example("account_join", "/account/confirm-email/{join key}/"),
    Example("account_join", "/account/confirm-email/spent/", status=404),
    Example("account_inactive", "/account/inactive/"),
    Example("account_reset_password", "/account/password/reset/"),
    Example("account_reset_password_done", "/account/password/reset/done/"),
    Example("account_reset_password_from_key", "/account/password/reset/key/{reset key}/"),
    Example("account_reset_password_from_key", "/account/password/reset/key/1-spent/"),
    Example("", "/no/such/page/", status=404),
]
MEMBER = [
    Example("home", "/"),
    Example("home", "/", then=open_menu),
    Example("forums:index", "/forums/"),
    Example("forums:forum", "/forums/waste/"),
    Example("forums:forum", "/forums/recovery/?order=unread"),
    Example("forums:thread", "{discussion}"),
    Example("forums:thread", "{discussion}?quote={discussion reply id}"),
    Example("forums:thread", "{question}"),
    Example("forums:thread", "{question}?comment={answer id}"),
    Example("forums:thread", "{locked}"),
    Example("forums:thread", "{with hidden}"),
    Example("forums:new", "/forums/housing/new/"),
    Example("forums:new", "/forums/housing/new/", then=send_nothing),
    Example("forums:new", "/forums/housing/new/", then=preview),
    Example("forums:edit", "/posts/{opening id}/edit/"),
    Example("forums:edit", "/posts/{reply id}/edit/", then=send_nothing),
    Example("forums:thread-deed", "/threads/{discussion id}/decide/lock/", status=403),
    Example("members:member", "/members/ana/"),
    Example("members:profile", "/account/profile/"),
    Example("members:profile", "/account/profile/", then=send_nothing),
    Example("notifications:index", "/notifications/"),
    Example("files:own", "/account/files/"),
    Example("files:photo", "/account/photo/"),
    Example("files:photo", "/account/photo/", then=send_nothing_at_all),
    Example("account_email", "/account/email/"),
    Example("account_confirm_email", "/account/email/confirm/{address key}/"),
    Example("account_confirm_email", "/account/email/confirm/spent/", status=404),
    Example("account_change_password", "/account/password/change/"),
    Example("account_change_password", "/account/password/change/", then=send_nothing),
    Example("account_logout", "/account/logout/"),
]
MODERATOR = [
    Example("forums:forum", "/forums/moderators-corner/"),
    Example("forums:thread", "{with hidden}"),
    Example("forums:thread-deed", "/threads/{discussion id}/decide/lock/"),
    Example("forums:thread-deed", "/threads/{discussion id}/decide/move/", then=send_nothing),
    Example("forums:post-decision", "/posts/{reply id}/decide/hide/"),
]
EVERY = {"a guest": GUEST, "ana": MEMBER, "dee": MODERATOR}


def made(server: Server) -> dict[str, str]:
    """The things that the examples name, made once a run."""
    told = server.manage("shell", "--no-imports", "--verbosity=0", "--command", MADE)
    return dict(json.loads(told))


def address(example: Example, things: dict[str, str], language: str) -> str:
    """As a path in that language."""
    path = example.address.format_map(things)
    return path if language == "en" or path.startswith("/mailbox/") else f"/{language}{path}"


def without_language(path: str) -> str:
    return re.sub(r"^/(es|pt|fr|ar)/", "/", path)
