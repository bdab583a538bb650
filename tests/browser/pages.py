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


GUEST = [
    Example("home", "/"),
    Example("style", "/style/"),
    Example("search:index", "/search/"),
    Example("search:index", "/search/?q=flood"),
    Example("search:index", "/search/?q=zzyzx"),
    Example("search:index", "/search/?q=flood&from=yesterday", status=400),
    Example("forums:index", "/forums/"),
    Example("forums:forum", "/forums/floods/"),
    Example("forums:forum", "/forums/ask/?order=unanswered"),
    Example("forums:thread", "{discussion}"),
    Example("forums:thread", "{discussion}?page=2"),
    Example("forums:alike", "/threads/{discussion id}/alike/"),
    Example("forums:thread", "{question}"),
    Example("forums:thread", "{locked}"),
    Example("forums:thread", "{arabic}"),
    Example("forums:thread", "{open poll}"),
    Example("forums:thread", "{closed poll}"),
    Example("forums:thread", "{summarised}"),
    Example("forums:history", "/posts/{edited id}/history/"),
    Example("search:index", "/search/?q=flood&in=forum-1"),
    Example("webinars:embed", "/webinars/embed/?series=cities-on-the-frontline&zone=Asia/Jakarta"),
    Example("forums:tag", "/tags/budget/"),
    Example("forums:tag", "/tags/flood/"),
    Example("forums:unanswered", "/unanswered/"),
    Example("forums:exchanges", "/exchanges/"),
    Example("forums:exchanges", "/exchanges/?language=th"),
    Example("forums:offers", "/exchanges/offers/"),
    Example("forums:offer", "/exchanges/offers/{offer id}/"),
    Example("forums:outcomes", "/exchanges/outcomes/"),
    Example("forums:exchange", "{own exchange}"),
    Example("forums:exchange", "{settled exchange}", status=404),
    Example("forums:outcome", "{published exchange}outcome/"),
    Example("members:member", "/members/ana/"),
    Example("members:cities", "/cities/"),
    Example("members:cities", "/cities/?programme=recap21&region=africa"),
    Example("members:city", "/cities/quito/"),
    Example("members:organisation", "/organisations/delta-water-institute/"),
    Example("coalition:join", "/cities/join/"),
    Example("coalition:join", "/cities/join/", then=send_nothing),
    Example("coalition:asked", "/cities/join/asked/"),
    Example("coalition:confirm", "/cities/join/confirm/{wish key}/"),
    Example("coalition:confirm", "/cities/join/confirm/spent/", status=404),
    Example("privacy:left", "/account/delete/asked/"),
    Example("privacy:stay", "/account/delete/undo/{stay key}/"),
    Example("privacy:stay", "/account/delete/undo/spent/", status=404),
    Example("programmes:programmes", "/programmes/"),
    Example("programmes:programme", "/programmes/recap21/"),
    Example("webinars:index", "/webinars/"),
    Example("webinars:month", "/webinars/month/"),
    Example("webinars:month", "/webinars/month/?from=2000-01&zone=Asia/Jakarta"),
    Example("webinars:series", "/webinars/cities-on-the-frontline/"),
    Example("webinars:session", "{coming session}"),
    Example("webinars:session", "{past session}"),
    Example("webinars:join", "{coming session}join/"),
    Example("webinars:join", "{past session}join/"),
    Example("webinars:join-by-link", "/webinars/registration/join/{room key}/"),
    Example("webinars:join-by-link", "/webinars/registration/join/spent/", status=404),
    Example("webinars:session", "{asking session}"),
    Example("webinars:register", "{asking session}register/"),
    Example("webinars:register", "{asking session}register/", then=send_nothing),
    Example("webinars:registration", "/webinars/registration/{request key}/"),
    Example("webinars:register", "{coming session}register/"),
    Example("webinars:register", "{coming session}register/", then=send_nothing),
    Example("webinars:propose", "/webinars/propose/"),
    Example("webinars:propose", "/webinars/propose/", then=send_nothing),
    Example("webinars:proposal-asked", "/webinars/propose/asked/"),
    Example("webinars:proposal-confirm", "/webinars/propose/confirm/{proposal to confirm}/"),
    Example("webinars:proposal-confirm", "/webinars/propose/confirm/spent/", status=404),
    Example("webinars:proposal", "/webinars/propose/made/{proposal key}/"),
    Example("webinars:speaker", "/webinars/speaker/{speaker token}/"),
    Example("webinars:speaker", "/webinars/speaker/{speaker token}/", then=send_nothing),
    Example("webinars:speaker", "/webinars/speaker/spent/", status=404),
    Example("webinars:speaker-door", "/webinars/speaker/door/{speaker door}/"),
    Example("webinars:speaker-door", "/webinars/speaker/door/spent/", status=404),
    Example("webinars:asked", "/webinars/registration/asked/"),
    Example("webinars:confirm", "/webinars/registration/confirm/{registration to confirm}/"),
    Example("webinars:confirm", "/webinars/registration/confirm/spent/", status=404),
    Example("webinars:registration", "/webinars/registration/{registration key}/"),
    Example("webinars:registration", "/webinars/registration/{registration key}/", then=send_nothing),
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
    Example("forums:new", "/forums/floods/new/", then=begin_title),
    Example("forums:thread", "{open poll}"),
    Example("forums:poll", "/threads/{anas id}/poll/"),
    Example("forums:poll", "/threads/{anas id}/poll/", then=send_nothing),
    Example("forums:summary", "/threads/{anas id}/summary/"),
    Example("forums:edit", "/posts/{opening id}/edit/"),
    Example("forums:edit", "/posts/{reply id}/edit/", then=send_nothing),
    Example("forums:thread-deed", "/threads/{discussion id}/decide/lock/", status=403),
    Example("forums:exchanges", "/exchanges/"),
    Example("forums:exchange", "{own exchange}"),
    Example("forums:exchange", "{other exchange}"),
    Example("forums:exchange", "{published exchange}"),
    Example("forums:ask-exchange", "/exchanges/ask/"),
    Example("forums:ask-exchange", "/exchanges/ask/", then=send_nothing),
    Example("forums:edit-exchange", "/exchanges/{own exchange id}/do/edit/"),
    Example("forums:respond", "/exchanges/{other exchange id}/do/respond/", then=send_nothing),
    Example("forums:leave", "/exchanges/{other exchange id}/do/leave/"),
    Example("forums:invite", "/exchanges/{own exchange id}/do/invite/"),
    Example("forums:invite", "/exchanges/{own exchange id}/do/invite/", then=send_nothing),
    Example("forums:match", "/exchanges/{own exchange id}/do/match/", then=send_nothing),
    Example("forums:new-offer", "/exchanges/offers/new/", then=send_nothing),
    Example("forums:offer", "/exchanges/offers/{own offer id}/"),
    Example("forums:edit-offer", "/exchanges/offers/{own offer id}/edit/"),
    Example("members:member", "/members/ana/"),
    Example("members:profile", "/account/profile/"),
    Example("members:profile", "/account/profile/", then=send_nothing),
    Example("privacy:data", "/account/data/"),
    Example("privacy:data", "/account/data/", then=send_nothing),
    Example("privacy:leave", "/account/delete/"),
    Example("privacy:leave", "/account/delete/", then=send_nothing),
    Example("coalition:join", "/cities/join/"),
    Example("members:city", "/cities/quito/"),
    Example("members:city", "/cities/quito/", then=open_control),
    Example("members:colleagues", "/cities/quito/colleagues/"),
    Example("forums:thread", "{discussion}", then=open_control),
    Example("forums:written", "/members/ana/threads/"),
    Example("forums:written", "/members/ana/posts/"),
    Example("forums:written", "/members/ana/answers/"),
    Example("forums:all-unread", "/unread/"),
    Example("forums:unanswered", "/unanswered/"),
    Example("forums:bookmark", "/posts/{reply id}/bookmark/"),
    Example("forums:bookmark", "/posts/{reply id}/bookmark/", then=ask_for_no_time),
    Example("forums:bookmarks", "/account/bookmarks/"),
    Example("forums:drafts", "/account/drafts/"),
    Example("forums:draft-texts", "/account/drafts/{draft of two id}/"),
    Example("following:index", "/account/following/"),
    Example("notifications:index", "/notifications/"),
    Example("search:index", "/search/?q=flood"),
    Example("search:saved", "/search/saved/"),
    Example("moderation:queue", "/moderation/", status=403),
    Example("moderation:report", "/moderation/report/post/{reportable id}/"),
    Example("moderation:report", "/moderation/report/post/{reportable id}/", then=send_nothing),
    Example("moderation:reported", "/moderation/reports/{report id}/"),
    Example("moderation:appeal", "/moderation/appeal/post/{hidden id}/"),
    Example("moderation:standing", "/moderation/standing/"),
    Example("moderation:log", "/moderation/log/"),
    Example("files:own", "/account/files/"),
    Example("files:photo", "/account/photo/"),
    Example("files:photo", "/account/photo/", then=send_nothing_at_all),
    Example("account_email", "/account/email/"),
    Example("account_confirm_email", "/account/email/confirm/{address key}/"),
    Example("account_confirm_email", "/account/email/confirm/spent/", status=404),
    Example("members:profile-seen", "/account/profile/seen/guest/"),
    Example("webinars:session", "{asking session}"),
    Example("webinars:session", "{coming session}"),
    Example("webinars:propose", "/webinars/propose/"),
    Example("sessions:index", "/account/sessions/"),
    Example("sessions:feed", "/account/sessions/", then=make_link),
    Example("members:security", "/account/security/"),
    Example("account_reauthenticate", "/account/prove/"),
    Example("account_reauthenticate", "/account/prove/", then=send_nothing),
    Example("members:app", "/account/security/app/", then=be_proved),
    Example("members:app", "/account/security/app/", then=send_nothing),
    Example("members:passkey-new", "/account/security/passkeys/new/"),
    Example("account_change_password", "/account/password/change/"),
    Example("account_change_password", "/account/password/change/", then=send_nothing),
    Example("account_logout", "/account/logout/"),
]
MODERATOR = [
    Example("forums:forum", "/forums/moderators-corner/"),
    Example("members:cities", "/cities/"),
    Example("coalition:wishes", "/cities/joining/"),
    Example("coalition:answer", "/cities/joining/{wish id}/"),
    Example("coalition:answer", "/cities/joining/{wish id}/", then=decline_without_reason),
    Example("forums:thread", "{with hidden}"),
    Example("forums:thread-deed", "/threads/{discussion id}/decide/lock/"),
    Example("forums:thread-deed", "/threads/{discussion id}/decide/move/", then=send_nothing),
    Example("moderation:queue", "/moderation/"),
    Example("moderation:item", "/moderation/items/{item id}/"),
    Example("moderation:item", "/moderation/items/{item id}/", then=send_nothing),
    Example("moderation:member", "/moderation/members/cai/"),
    Example("forums:post-decision", "/posts/{reply id}/decide/hide/"),
    Example("forums:history", "/posts/{edited id}/history/"),
    Example("forums:version-decision", "/posts/{edited id}/history/{version id}/hide/"),
    Example("forums:tag-edit", "/tags/flood/edit/"),
    Example("forums:tag-part", "/tags/evacuación/part/"),
    Example("forums:exchange", "{settled exchange}"),
    Example("forums:meeting", "/exchanges/{settled exchange id}/do/meet/"),
    Example("forums:meeting", "/exchanges/{settled exchange id}/do/meet/", then=send_nothing),
    Example("forums:write-outcome", "/exchanges/{published exchange id}/do/conclude/", then=send_nothing),
    Example("forums:outcome", "{published exchange}outcome/"),
    Example("forums:exchange-decision", "/exchanges/{own exchange id}/decide/hide/"),
    Example("forums:offer-decision", "/exchanges/offers/{offer id}/decide/hide/"),
    Example("forums:silent-exchanges", "/exchanges/silent/"),
    Example("forums:exchange-figures", "/exchanges/figures/"),
]
ORGANISER = [
    Example("webinars:desk", "/webinars/desk/"),
    Example("webinars:desk", "/webinars/desk/?view=month"),
    Example("webinars:desk", "/webinars/desk/?view=month&from=2000-01"),
    Example("webinars:desk", "/webinars/desk/?view=week"),
    Example("webinars:desk-new", "/webinars/desk/new/?series=cities-on-the-frontline"),
    Example("webinars:desk-new", "/webinars/desk/new/?series=cities-on-the-frontline", then=send_nothing),
    Example("webinars:desk-session", "/webinars/desk/{coming id}/"),
    Example("webinars:desk-session", "/webinars/desk/{coming id}/?day=2030-01-08"),
    Example("webinars:join", "{coming session}join/"),
    Example("webinars:desk-cancel", "/webinars/desk/{coming id}/cancel/"),
    Example("webinars:desk-cancel", "/webinars/desk/{coming id}/cancel/", then=send_nothing),
    Example("webinars:desk-registrations", "/webinars/desk/{coming id}/registrations/"),
    Example("webinars:desk-registrations", "/webinars/desk/{past id}/registrations/"),
    Example("webinars:desk-registrations", "/webinars/desk/{asking id}/registrations/"),
    Example("webinars:desk-decide", "/webinars/desk/{asking id}/registrations/", then=decide_about_nobody),
    Example("webinars:desk-questions", "/webinars/desk/{coming id}/questions/"),
    Example("webinars:desk-questions", "/webinars/desk/{asking id}/questions/"),
    Example("webinars:desk-questions", "/webinars/desk/{asking id}/questions/", then=send_nothing),
    Example("webinars:desk-write", "/webinars/desk/{coming id}/write/"),
    Example("webinars:desk-write", "/webinars/desk/{coming id}/write/", then=send_nothing),
    Example("webinars:desk-write", "/webinars/desk/{coming id}/write/", then=see_mails),
    Example("webinars:desk-proposals", "/webinars/desk/proposals/"),
    Example("webinars:desk-proposals", "/webinars/desk/proposals/?stage=declined"),
    Example("webinars:desk-proposal", "/webinars/desk/proposals/{proposal id}/"),
    Example("webinars:desk-proposal", "/webinars/desk/proposals/{declined proposal id}/"),
    Example("webinars:desk-proposal-deed", "/webinars/desk/proposals/{proposal id}/", then=decline_for_nothing),
    Example("webinars:desk-speaker", "/webinars/desk/speakers/{speaker id}/"),
    Example("webinars:desk-speaker-deed", "/webinars/desk/speakers/{speaker id}/", then=send_nothing),
    Example("webinars:desk-series-new", "/webinars/desk/series/new/"),
    Example("webinars:desk-series-new", "/webinars/desk/series/new/", then=send_nothing),
    Example("webinars:desk-series", "/webinars/desk/series/cities-on-the-frontline/"),
    Example("webinars:desk-titles", "/webinars/desk/titles/"),
    Example("webinars:desk-titles", "/webinars/desk/titles/?series=cities-on-the-frontline"),
    Example("webinars:desk-import", "/webinars/desk/import/"),
    Example("webinars:desk-import", "/webinars/desk/import/", then=bring_calendar),
    Example("webinars:desk-repeat", "/webinars/desk/repeat/"),
    Example("webinars:desk-repeat", "/webinars/desk/repeat/", then=see_dates),
]
EVERY = {"a guest": GUEST, "ana": MEMBER, "dee": MODERATOR, "bo": ORGANISER}


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
