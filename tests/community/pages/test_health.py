import threading
import time
from datetime import timedelta
from typing import Any
from unittest.mock import ANY

import pytest
from django.test import Client
from django.utils import timezone
from pytest_django import Settings

from community.facts.models import Delivery, Fact, Heartbeat
from community.pages import readiness
from community.pages.readiness import answers

seen = pytest.mark.django_db(transaction=True)  # checks ask from threads of their own


def make_heartbeat(*, age: timedelta = timedelta()) -> Heartbeat:
    return Heartbeat.objects.create(worker="one", seen_at=timezone.now() - age)


def make_delivery(**fields: Any) -> Delivery:
    fact = Fact.objects.create(name="post_added", ids={"post_id": 1})
    return Delivery.objects.create(fact=fact, listener="forums.listeners.notice", lane="ours", **fields)


def test_alive_is_said_without_asking_the_database(client: Client) -> None:
    answer = client.get("/healthz")

    assert (answer.status_code, answer.content) == (200, b"ok\n")
    assert "no-store" in answer["Cache-Control"]


@seen
@pytest.mark.usefixtures("indexed")
def test_ready_when_every_part_answers(client: Client) -> None:
    make_heartbeat()

    answer = client.get("/readyz")

    told = answer.json()
    assert answer.status_code == 200, told
    assert told["ready"] is True
    assert {name: check["ready"] for name, check in told["checks"].items()} == {
        "database": True,
        "layer": True,
        "search": True,
        "worker": True,
        "migrations": True,
    }


@seen
def test_not_ready_without_an_index_to_search(client: Client) -> None:
    make_heartbeat()

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["search"] == {"ready": False, "says": "no index answers", "ms": ANY}


@seen
@pytest.mark.parametrize("age", [None, timedelta(seconds=31)])
def test_not_ready_without_a_fresh_sign_of_a_worker(client: Client, age: timedelta | None) -> None:
    if age:
        make_heartbeat(age=age)

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["worker"]["says"] == "no worker seen within 30 seconds"
    assert answer.json()["checks"]["database"]["ready"] is True


@seen
def test_not_ready_while_redis_is_away_and_its_address_is_not_told(client: Client, settings: Settings) -> None:
    make_heartbeat()
    settings.REDIS_URL = "redis://:s3cr3t@127.0.0.1:1/0"

    answer = client.get("/readyz")

    assert answer.status_code == 503
    assert answer.json()["checks"]["layer"]["ready"] is False
    assert b"s3cr3t" not in answer.content
    assert b"127.0.0.1" not in answer.content


@seen
def test_a_check_that_hangs_is_given_two_seconds_and_delays_no_other() -> None:
    released = threading.Event()

    def hang() -> str:
        released.wait(20)
        return "late"

    begun = time.monotonic()
    told = answers({"first": hang, "second": hang, "database": readiness.database})
    took = time.monotonic() - begun
    released.set()

    assert [(told[name].ready, told[name].says) for name in ("first", "second")] == [
        (False, "no answer within 2 s")
    ] * 2
    assert told["database"].ready
    assert took < 3


@seen
def test_a_check_tells_the_kind_of_an_error_and_never_its_words() -> None:
    def fail() -> str:
        raise ConnectionError("password s3cr3t refused")

    told = answers({"database": fail})

    assert told["database"].says == "ConnectionError"


@seen
def test_metrics_tell_of_requests_deliveries_and_memory(client: Client) -> None:
    make_delivery(due_at=timezone.now() - timedelta(minutes=5))
    make_delivery(parked_at=timezone.now())
    make_heartbeat()
    client.get("/healthz")

    told = client.get("/metrics").content.decode()

    figures = dict(line.rsplit(" ", 1) for line in told.splitlines() if not line.startswith("#"))
    of_listener = '{lane="ours",listener="forums.listeners.notice"}'
    swapped = '{listener="forums.listeners.notice",lane="ours"}'
    key = of_listener if f"frontline_deliveries_waiting{of_listener}" in figures else swapped
    assert float(figures['frontline_requests_total{status="2xx"}']) >= 1
    assert float(figures[f"frontline_deliveries_waiting{key}"]) == 1
    assert float(figures[f"frontline_deliveries_parked{key}"]) == 1
    assert 300 <= float(figures[f"frontline_deliveries_oldest_seconds{key}"]) < 330
    assert float(figures["frontline_worker_heartbeat_seconds"]) < 30
    assert float(figures["process_resident_memory_bytes"]) > 10_000_000
    assert "frontline_actions_total" in figures
    assert [float(figures[f"frontline_search_{name}"]) for name in ("index", "differed")] == [0, 0]


@seen
def test_metrics_open_to_whoever_brings_the_token_from_anywhere(client: Client, settings: Settings) -> None:
    settings.METRICS_TOKEN = "a-long-token"

    answer = client.get("/metrics", REMOTE_ADDR="203.0.113.7", headers={"authorization": "Bearer a-long-token"})

    assert answer.status_code == 200


@pytest.mark.django_db
@pytest.mark.parametrize("given", ["", "Bearer", "Bearer wrong", "Basic a-long-token", "a-long-token", "Bearer ünï"])
def test_metrics_do_not_exist_without_the_token(client: Client, settings: Settings, given: str) -> None:
    settings.METRICS_TOKEN = "a-long-token"

    answer = client.get("/metrics", headers={"authorization": given})

    assert answer.status_code == 404


@pytest.mark.django_db
@pytest.mark.parametrize(
    "request_from",
    [
        {"REMOTE_ADDR": "203.0.113.7"},
        {"REMOTE_ADDR": ""},
        {"HTTP_X_FORWARDED_FOR": "203.0.113.7"},
        {"HTTP_FORWARDED": "for=203.0.113.7"},
    ],
)
def test_metrics_without_a_token_exist_for_this_machine_only(client: Client, request_from: dict[str, str]) -> None:
    answer = client.get("/metrics", **request_from)  # type: ignore[arg-type]

    assert answer.status_code == 404


@pytest.mark.django_db
def test_metrics_without_a_token_do_not_exist_behind_a_proxy(client: Client, settings: Settings) -> None:
    settings.BEHIND_PROXY = True

    assert client.get("/metrics").status_code == 404


@pytest.mark.parametrize("path", ["/healthz", "/readyz", "/metrics"])
def test_none_of_them_takes_a_post(client: Client, path: str) -> None:
    assert client.post(path).status_code == 405
