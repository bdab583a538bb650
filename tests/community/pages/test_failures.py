"""What went wrong is said with what to do next, and nothing typed is lost."""

import re
from typing import Any

import pytest
from django.contrib.auth.models import AnonymousUser
from django.http import HttpRequest
from django.test import Client, RequestFactory
from django.utils import translation

from community.pages import failures
from forums.actions import lock_thread
from tests.factories.forums import make_thread
from tests.factories.members import make_member, make_moderator

HERE = "http://localhost:8000"
SIGN_IN = "/account/login/"
LONG = 'Line one & "two"\n\n<script>alert(1)</script> and so on, over forty characters.'


@pytest.fixture
def strict() -> Client:
    return Client(enforce_csrf_checks=True, headers={"host": "localhost:8000"})


@pytest.mark.parametrize("prefix", ["", "/es", "/pt", "/fr", "/ar"])
@pytest.mark.django_db
def test_an_address_without_a_page_leads_on(client: Client, prefix: str) -> None:
    page = client.get(f"{prefix}/nowhere/")
    html = page.content.decode()

    assert page.status_code == 404
    assert f'href="{prefix}/forums/"' in html
    assert f'href="{prefix}/account/login/?next={(prefix + "/nowhere/").replace("/", "%2F")}"' in html
    assert '<meta name="robots" content="noindex">' in html


@pytest.mark.parametrize("host", ["evil.example", "not a host"])
@pytest.mark.parametrize("method", ["get", "post"])
@pytest.mark.django_db
def test_a_host_that_is_not_ours_is_refused_in_words(client: Client, host: str, method: str) -> None:
    page = getattr(client, method)("/cities/", headers={"host": host})

    assert page.status_code == 400
    assert "<h1" in page.content.decode()
    assert host not in page.content.decode()


@pytest.mark.django_db
def test_an_expired_token_brings_the_text_back_with_a_fresh_one(strict: Client) -> None:
    page = strict.post("/account/login/?next=/forums/", {"title": "Gates", "body": LONG}, headers={"origin": HERE})
    html = page.content.decode()

    assert page.status_code == 403
    assert '<form class="write" method="post" action="/account/login/?next=/forums/">' in html
    assert '<input type="hidden" name="title" value="Gates">' in html
    assert textarea(html) == (
        "body",
        "Line one &amp; &quot;two&quot;\n\n&lt;script&gt;alert(1)&lt;/script&gt; and so on, over forty characters.",
    )
    assert re.search(r'name="csrfmiddlewaretoken" value="\w{64}"', html)
    assert "csrftoken" in page.cookies


@pytest.mark.django_db
def test_what_came_back_can_be_sent_again(strict: Client) -> None:
    page = strict.post(SIGN_IN, {"login": "ana@cities.example"}, headers={"origin": HERE})
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page.content.decode())

    again = strict.post(SIGN_IN, {"csrfmiddlewaretoken": token and token[1]}, headers={"origin": HERE})

    assert again.status_code != 403


@pytest.mark.django_db
def test_secrets_and_old_tokens_do_not_come_back(strict: Client) -> None:
    posted = {"login": "ana@cities.example", "password": "hunter-of-storms", "csrfmiddlewaretoken": "old" * 21 + "x"}

    html = strict.post(SIGN_IN, posted, headers={"origin": HERE}).content.decode()

    assert "ana@cities.example" in html
    assert "hunter-of-storms" not in html
    assert posted["csrfmiddlewaretoken"] not in html


@pytest.mark.parametrize("origin", ["https://elsewhere.example", "null", "http://localhost:9000"])
@pytest.mark.django_db
def test_another_sites_form_gets_nothing_back(strict: Client, origin: str) -> None:
    page = strict.post(SIGN_IN, {"body": LONG}, headers={"origin": origin})

    assert page.status_code == 403
    assert b"Line one" not in page.content
    assert b"<textarea" not in page.content


@pytest.mark.django_db
def test_a_reason_is_shown_as_it_was_given(rf: RequestFactory) -> None:
    class Refused(Exception):
        reason = "This thread is locked."

    page = failures.forbidden(as_guest(rf.get("/threads/1/x/")), Refused())

    assert page.status_code == 403
    assert b"This thread is locked." in page.content


@pytest.mark.django_db
def test_what_cannot_be_read_is_refused_kindly(client: Client) -> None:
    page = client.post("/account/login/", {f"field{number}": "x" for number in range(5001)})

    assert page.status_code == 400
    assert b"We could not read that" in page.content


@pytest.mark.parametrize("language", ["en", "ar"])
def test_our_own_failure_asks_nothing_of_the_database(rf: RequestFactory, language: str) -> None:
    with translation.override(language):
        page = failures.broken(rf.get("/forums/"))

    assert page.status_code == 500
    assert f'lang="{language}"'.encode() in page.content


def as_guest(request: HttpRequest) -> HttpRequest:

    request.user = AnonymousUser()
    return request


def textarea(html: str) -> tuple[Any, ...]:
    found = re.search(r'<textarea [^>]*name="(\w+)"[^>]*>\n(.*?)</textarea>', html, re.DOTALL)
    return found.groups() if found else ()


@pytest.mark.django_db
def test_a_text_far_too_long_comes_back_in_its_form_with_its_length(client: Client) -> None:
    client.force_login(make_member("Ana"))
    thread, text = make_thread(), "Rain. " * 300_000

    page = client.post(f"/threads/{thread.pk}/reply/", {"body": text, "token": "once"})

    html = page.content.decode()
    assert page.status_code == 422
    assert "1800000 characters: at most 32000" in html
    assert text in html


@pytest.mark.django_db
def test_what_is_too_large_to_be_read_is_told_with_its_size_and_the_limit(client: Client) -> None:
    client.force_login(make_member("Ana"))
    there = f"/threads/{make_thread().pk}/reply/"

    page = client.post(there, {"body": "Rain. " * 1_000_000, "token": "once"})
    script = client.post(there, {"body": "Rain. " * 1_000_000}, headers={"accept": "application/json"})

    assert (page.status_code, script.status_code) == (413, 413)
    html = page.content.decode().replace("\xa0", " ")
    assert "You sent 5.7 MB, and a form may bring at most 4.0 MB." in html
    assert "at most" in script.json()["words"]


@pytest.mark.django_db
def test_what_was_written_for_a_deed_that_is_refused_meanwhile_can_be_taken_along(client: Client) -> None:
    thread, ana = make_thread(), make_member("Ana")
    client.force_login(ana)
    lock_thread(thread, by=make_moderator(), reason="Settled.")
    origin = {"origin": HERE}

    locked = client.post(f"/threads/{thread.pk}/reply/", {"body": "We rent <pumps>.", "token": "t"}, headers=origin)
    gone = client.post("/threads/999999/reply/", {"body": "We rent pumps.", "token": "t"}, headers=origin)

    assert (locked.status_code, gone.status_code) == (403, 404)
    assert "We rent &lt;pumps&gt;.</textarea>" in locked.content.decode()
    assert "This thread is locked" in locked.content.decode()
    assert "We rent pumps.</textarea>" in gone.content.decode()
    assert "What you wrote" not in client.post("/threads/999999/reply/", {"body": "We rent pumps."}).content.decode()


def test_of_what_a_form_brought_its_text_is_shown_and_not_a_hidden_field() -> None:
    posted = {"next": "/threads/98/how-do-you-keep-pumps-running/", "token": "a" * 36, "body": "Thank you, Bo."}

    found = failures.typed(RequestFactory().post("/", posted))

    assert (found.text_name, found.text) == ("body", "Thank you, Bo.")
    assert ("next", posted["next"]) in found.fields
    assert not failures.typed(RequestFactory().post("/", {"next": posted["next"], "token": "a" * 36})).text
