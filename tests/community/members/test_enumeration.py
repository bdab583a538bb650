"""No page tells whether an address has an account: not by its words, not by its status, not by its time."""

import json
import random
import re
import time

import pytest
from django.core.cache import cache
from django.db import connection
from django.test.utils import CaptureQueriesContext
from fido2.utils import websafe_encode

from community.facts.models import Delivery
from community.mail.models import Mail
from tests.factories.factors import Device
from tests.factories.members import PASSWORD, make_member
from tests.statistics import mann_whitney_p

pytestmark = pytest.mark.django_db
PAIRS = 200
EMAILS = {True: "aaaa@cities.example", False: "bbbb@cities.example"}  # with an account, and without
FORMS = {
    "/account/login/": lambda email: {"login": email, "password": "not her password"},
    "/account/signup/": lambda email: {"name": "Somebody", "email": email, "password1": "three words of mine"},
    "/account/password/reset/": lambda email: {"email": email},
}


@pytest.fixture(autouse=True)
def no_limits(settings):
    settings.ACCOUNT_RATE_LIMITS = False


def bare(answer, email):
    text = answer.content.decode().replace(email, "ADDRESS")
    return answer.status_code, answer.headers.get("Location"), re.sub(r'(csrfmiddlewaretoken" value=")\w+', r"\1", text)


def measured(client, address):
    """The times of 200 pairs, and all bodies that they brought."""
    times, bodies = {True: [], False: []}, set()
    for _ in range(PAIRS):
        for known in random.sample([True, False], 2):
            email = EMAILS[known]
            cache.clear()
            started = time.perf_counter()
            answer = client.post(address, FORMS[address](email))
            times[known].append(time.perf_counter() - started)
            bodies.add(bare(answer, email))
    return times, bodies


@pytest.mark.parametrize("address", FORMS)
def test_200_pairs_of_requests_look_alike_and_take_alike(client, address):
    make_member("Known", email=EMAILS[True], password=PASSWORD)
    for known in (True, False) * 3:  # warm
        client.post(address, FORMS[address](EMAILS[known]))

    times, bodies = measured(client, address)
    if mann_whitney_p(times[True], times[False]) <= 0.01:  # by chance one run of a hundred is; two in a row are not
        times, bodies = measured(client, address)

    assert len(bodies) == 1
    assert mann_whitney_p(times[True], times[False]) > 0.01


def with_passkey(client, owner_id):
    """The answer to a passkey that says whose it is, and that nobody made."""
    client.post("/account/login/passkey/options/", headers={"host": "localhost:8000"})
    said = {"userHandle": websafe_encode(str(owner_id).encode()), "clientDataJSON": "e30", "signature": "AA"}
    answer = json.dumps({"id": "AAAA", "rawId": "AAAA", "type": "public-key", "response": said})
    return client.post("/account/login/passkey/", {"credential": answer})


def test_a_passkey_that_is_not_known_is_answered_alike_for_every_member_and_for_nobody(client):
    ana = make_member("Known", email=EMAILS[True], password=PASSWORD)
    Device().give_to(ana)
    bo = make_member("Bo")
    traces = set()

    for owner_id in (ana.pk, bo.pk, 0, bo.pk + 1000):
        client.cookies.clear()
        with CaptureQueriesContext(connection) as queries:
            answer = with_passkey(client, owner_id)
        made = tuple(re.sub(r"'[^']*'|\d+", "?", query["sql"])[:80] for query in queries)
        shown = bare(client.get(answer.url), "nobody")
        traces.add((bare(answer, "nobody"), shown, made))

    assert len(traces) == 1


def test_what_a_passkey_is_asked_for_says_nothing_of_an_address(client):
    Device().give_to(make_member("Known", email=EMAILS[True]))
    asked = []

    for email in EMAILS.values():
        answer = client.post("/account/login/passkey/options/", {"login": email}, headers={"host": "localhost:8000"})
        asked.append({**answer.json()["publicKey"], "challenge": ""})

    assert asked[0] == asked[1]
    assert "allowCredentials" not in asked[0]


@pytest.mark.parametrize("address", FORMS)
def test_both_make_the_same_queries_and_leave_the_same_behind(client, address):
    make_member("Known", email=EMAILS[True], password=PASSWORD)
    traces = []

    for email in EMAILS.values():
        client.cookies.clear()
        left = Mail.objects.count(), Delivery.objects.count()
        with CaptureQueriesContext(connection) as queries:
            client.post(address, FORMS[address](email))
        made = [re.sub(r"'[^']*'|\d+", "?", query["sql"])[:80] for query in queries]
        traces.append((made, Mail.objects.count() - left[0], Delivery.objects.count() - left[1]))

    assert traces[0] == traces[1]


def test_the_comparison_sees_a_difference_of_a_twentieth():
    spread = random.Random(1)
    quick = [spread.gauss(1.00, 0.1) for _ in range(PAIRS)]
    slow = [spread.gauss(1.05, 0.1) for _ in range(PAIRS)]

    assert mann_whitney_p(quick, slow) < 0.01
    assert mann_whitney_p(quick, list(quick)) > 0.9
