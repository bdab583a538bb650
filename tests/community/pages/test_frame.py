"""What stands around every page."""

import re
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.template import Template
from django.template.context import make_context
from django.test import Client, RequestFactory

from community.pages.context import page
from tests.factories.members import make_member
from tests.frames import names_taken

pytestmark = pytest.mark.django_db


def test_a_public_page_names_itself_in_every_language(client: Client) -> None:
    html = client.get("/es/forums/?page=2&order=newest").content.decode()

    assert '<link rel="canonical" href="http://localhost:8000/es/forums/?page=2">' in html
    for code, path in (("en", "/forums/"), ("pt", "/pt/forums/"), ("ar", "/ar/forums/"), ("x-default", "/forums/")):
        assert f'<link rel="alternate" hreflang="{code}" href="http://localhost:8000{path}?page=2">' in html


def test_the_foot_links_to_the_same_page_in_each_language(client: Client) -> None:
    html = client.get("/ar/forums/?order=newest").content.decode()

    assert '<a href="/forums/?order=newest" lang="en" hreflang="en" dir="ltr"' in html
    assert '<a href="/fr/forums/?order=newest" lang="fr" hreflang="fr" dir="ltr"' in html


def test_a_page_of_ones_own_is_not_for_search_engines(client: Client) -> None:
    html = client.get("/account/login/").content.decode()

    assert '<meta name="robots" content="noindex">' in html
    assert "hreflang=" not in html.split("</head>")[0]


def test_a_member_finds_her_menu_and_her_zone(client: Client) -> None:
    ana = make_member("Ana", timezone="America/Guayaquil")
    client.force_login(ana)

    html = client.get("/style/").content.decode()

    assert f'data-zone="America/Guayaquil" data-member="{ana.handle}"' in html
    assert "Guayaquil, GMT−5" in html
    assert "America/Guayaquil, GMT" not in html
    assert f'href="/members/{ana.handle}/"' in html
    assert "Sign out" in html
    assert 'href="/account/login/' not in html


def test_the_place_one_is_at_is_marked(client: Client) -> None:
    html = client.get("/forums/").content.decode()

    assert '<a href="/forums/" aria-current="page">' in html


def test_a_frame_costs_a_guest_no_query(client: Client, django_assert_num_queries: Any) -> None:
    with django_assert_num_queries(0):
        client.get("/style/")


def test_no_view_gives_its_own_things_a_name_of_the_frames(client: Client) -> None:
    """A page's own context stands before the frame's: a list of cities once counted as notices. Every page that any
    test reads is looked at as it is rendered (tests/conftest.py); this is for those that none reads."""
    request = RequestFactory().get("/")
    request.user = AnonymousUser()
    names = set(page(request)) - {"language"}
    taken = {
        (str(path), name)
        for room in ("community", "forums", "webinars")
        for path in Path(room).rglob("*.py")
        for name in told_to_pages(path)
        if name in names
    }

    assert taken == set()


def told_to_pages(path: Path) -> set[str]:
    """Keys of dictionaries in views, and names given to `get_context_data` and to a context anywhere."""
    text = path.read_text()
    found = set(re.findall(r'context\["(\w+)"\] =', text))
    for given in re.findall(r"get_context_data\(([^)]*)", text):
        found |= set(re.findall(r"(\w+)=", given))
    if path.parent.name == "views" or path.name == "views.py":
        found |= set(re.findall(r'^\s+"(\w+)": ', text, re.MULTILINE))
        for given in re.findall(r"render\([^{]*\{(.*?)\}", text, re.DOTALL):
            found |= set(re.findall(r'"(\w+)": ', given))
    return found


@pytest.mark.parametrize("own", [{"waiting": 3}, {"user": "Ana"}, {"messages": []}])
def test_a_page_that_takes_a_name_of_the_frame_is_found(own: dict[str, Any]) -> None:
    request = RequestFactory().get("/")
    request.user, request._messages = AnonymousUser(), []
    template = Template("{% include part %}")
    context = make_context({**own, "part": Template("{% with zone=1 %}{{ zone }}{% endwith %}"), "mine": 1}, request)

    with context.bind_template(template):
        assert names_taken(template, context) == set(own)
        assert names_taken(Template(""), context) == set()
