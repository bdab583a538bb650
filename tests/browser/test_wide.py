"""Nothing that a member writes makes a page wider than the phone it is read on."""

from collections.abc import Callable

import pytest
from playwright.sync_api import Page

from tests.browser.server import Server

pytestmark = pytest.mark.browser
WORD = "Hochwasserschutzmaßnahmenkatalogverwaltung"
WRITE = f"""
from community.members.models import Member
from forums.models import Forum, Thread
from tests.factories.exchanges import make_exchange, make_offer_of
from tests.factories.forums import make_thread
ana = Member.objects.get(handle="ana")
thread = make_thread(Forum.objects.get(slug="floods"), ana, title="{WORD}" * 4, tags=["{WORD[:40]}"])
exchange = make_exchange(ana, title="{WORD}" * 4, tags=["{WORD[:40]}"])
offer = make_offer_of(ana, "{WORD}")
print(thread.pk, exchange.pk, offer.pk)
"""


def test_a_long_word_is_broken_wherever_it_stands(server: Server, signed_in: Callable[..., Page]) -> None:
    made = server.manage("shell", "--no-imports", "--verbosity=0", "--command", WRITE)
    thread, exchange, offer = made.split()[-3:]
    places = f"/threads/{thread}/", f"/exchanges/{exchange}/", f"/exchanges/offers/{offer}/", f"/search/?q={WORD}"
    ana = signed_in("ana")
    ana.set_viewport_size({"width": 360, "height": 740})

    for path in (
        *places,
        "/forums/floods/",
        "/exchanges/",
        "/exchanges/offers/",
        "/cities/quito/",
        "/members/ana/",
        "/",
    ):
        ana.goto(path)
        assert ana.evaluate("document.documentElement.scrollWidth") <= 360, path
