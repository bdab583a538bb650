"""A page in each language says so, and the public ones name each other for those who look for pages."""

import re
from collections.abc import Callable, Iterator

import pytest
from django.urls import URLPattern, URLResolver, get_resolver
from playwright.sync_api import Page

from i18n.direction import direction_of
from i18n.languages import CODES
from tests.browser.pages import EVERY, GUEST, address, without_language
from tests.browser.server import Server

pytestmark = [pytest.mark.browser, pytest.mark.timeout(300)]

EVERY_FEED = ("all", "series", "theme", "tag", "spoken", "programme")
# Answers that are no page: data, a mere step to another page, deeds by POST, and Django's own admin.
NO_PAGES = {
    "robots",
    "favicon",
    "healthz",
    "readyz",
    "metrics",
    "forums:feed",
    "forums:changes",
    "forums:forum-changes",
    "forums:tags",
    "forums:names",
    "forums:thread-short",
    "forums:post",
    "forums:unread",
    "forums:reply",
    "forums:read",
    "forums:forum-read",
    "forums:ask",
    "forums:deed",
    "forums:preview",
    "forums:draft",
    "forums:discard-draft",
    "forums:discard-listed-draft",
    "forums:draft-back",
    "forums:drop-bookmark",
    "forums:bookmark-back",
    "forums:all-unread-read",
    "following:choose",
    "following:writing",
    "forums:poll-deed",
    "forums:poll-of-reader",
    "forums:meeting-file",
    "forums:similar",
    "forums:summary-off",
    *(f"calendar:{kind}{form}" for kind in EVERY_FEED for form in ("", "-json", "-atom")),
    "calendar:own",
    "calendar:registration",
    "calendar:speaker",
    "calendar:session",
    "sessions:proposal-deed",
    "webinars:attend",
    "webinars:changes",
    "webinars:desk-publish",
    "webinars:desk-series-picture",
    "webinars:desk-speaker-picture",
    "webinars:speaker-picture",
    "webinars:desk-registrations-file",
    "webinars:picture",
    "webinars:registration-deed",
    "moderation:claim",
    "moderation:release",
    "moderation:withdraw",
    "notifications:changes",
    "privacy:take",
    "search:forget",
    "search:save",
    "search:suggest",
    "file",
    "files:begin",
    "files:part",
    "files:finish",
    "files:describe",
    "files:delete",
    "files:photo-remove",
    "forums:exchange-short",
    "forums:exchange-changes",
    "forums:exchange-deed",
    "forums:return-city",
    "forums:offer-deed",
    "forums:agree",
    "notifications:all_read",
    "notifications:open",
    "account_passkey",
    "account_passkey_options",
    "account_provider",
    "openid_connect_callback",
    "members:app-remove",
    "members:recovery-codes-download",
    "members:provider-remove",
    "members:places",
}
# Pages of who has a second factor, by which nobody else could sign in as quickly: tests/browser/test_passkeys.py.
SHOWN_THERE = {"mfa_authenticate", "members:passkey", "members:recovery-codes"}
UNLISTED = (
    "/account/",
    "/cities/join/asked/",
    "/cities/join/confirm/",
    "/mailbox/",
    "/search/",
    "/style/",
    "/webinars/embed/",
    "/webinars/propose/asked/",
    "/webinars/propose/confirm/",
    "/webinars/propose/made/",
    "/webinars/registration/",
    "/webinars/speaker/",
)  # for a guest to use and for nobody to find


def test_every_page_of_the_site_has_an_example() -> None:
    shown = {example.name for examples in EVERY.values() for example in examples} - {""}

    assert shown == set(names_of(get_resolver())) - NO_PAGES - SHOWN_THERE


def names_of(resolver: URLResolver, space: str = "") -> Iterator[str]:
    for pattern in resolver.url_patterns:
        if isinstance(pattern, URLResolver):
            if pattern.namespace != "admin":
                yield from names_of(pattern, f"{pattern.namespace}:" if pattern.namespace else space)
        elif isinstance(pattern, URLPattern):
            yield f"{space}{pattern.name}"


@pytest.mark.parametrize("language", CODES)
def test_every_page_says_its_language_and_the_public_ones_where_the_others_are(
    language: str, things: dict[str, str], server: Server, open_browser: Callable[..., Page]
) -> None:
    guest = open_browser()

    for example in GUEST:
        path = address(example, things, language)
        html = guest.request.get(path).text()
        spoken = "en" if path.startswith("/mailbox/") else language

        assert f'<html lang="{spoken}" dir="{direction_of(spoken)}"' in html, path
        is_public = example.status == 200 and not example.address.startswith(UNLISTED)
        assert links(html) == (expected_links(server.origin, path) if is_public else []), path
        assert ('content="noindex"' in html) is not is_public, path


@pytest.mark.parametrize("who", ["ana", "dee"])
def test_a_members_page_names_no_address_to_find_it_by(
    who: str, things: dict[str, str], signed_in: Callable[..., Page]
) -> None:
    """Who looks for pages is a guest: some of hers, guests may not read."""
    member = signed_in(who, anew=True)

    for example in EVERY[who]:
        html = member.request.get(address(example, things, "en")).text()
        assert not links(html), example.address
        assert 'content="noindex"' in html, example.address


def links(html: str) -> list[tuple[str, str]]:
    """The addresses that the page's head gives for itself, and for itself in other languages."""
    canonical = re.findall(r'<link rel="(canonical)" href="([^"]+)">', html)
    return [*canonical, *re.findall(r'<link rel="alternate" hreflang="([^"]+)" href="([^"]+)">', html)]


def expected_links(origin: str, path: str) -> list[tuple[str, str]]:
    bare, _, question = path.partition("?")
    ending = f"?{question}" if question.startswith("page=") else ""
    plain = f"{origin}{without_language(bare)}{ending}"
    others = [(code, plain if code == "en" else f"{origin}/{code}{without_language(bare)}{ending}") for code in CODES]
    return [("canonical", f"{origin}{bare}{ending}"), *others, ("x-default", plain)]
