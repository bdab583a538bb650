"""Whole search pages over HTTP, as guests and members ask for them, beside what any page costs here."""

import json
import time
from http.client import HTTPConnection
from statistics import median
from typing import Any
from urllib.parse import quote, urlencode
from uuid import uuid4

from benchmarks.figures import QUICK, Target, goal, measure_in_turns, show, with_servers
from benchmarks.load import Request, get
from benchmarks.servers import Server, bare, site
from benchmarks.visits import CSRF, cold

NEW_POSTS, LONGEST_SECONDS = (3 if QUICK else 10), 10.0
Figures = dict[str, float]


def measure_pages(documents: int) -> Figures:
    """Figures for the last line. The floors are a bare Daphne and the search page of which nothing was asked."""
    floor = bare("hello")
    house, places = site(documents, filled_by="benchmarks.library")
    figures: Figures = {"rebuilt_seconds": places["rebuilt_seconds"]}
    with_servers([floor, house], lambda: figures.update(measure(floor, house, places)))
    return figures


def measure(floor: Server, house: Server, places: dict[str, Any]) -> Figures:
    port, asked, session = house.port, places["asked"], f"Cookie: sessionid={places['sessions'][0]}"
    typed = [question[:4] for question in asked]
    found, suggested = "/search/?q=", "/search/suggest/?q="
    targets = {
        "hello": Target("bare Daphne, hello", floor, get(floor.port, "/"), connections=1),
        "blank": Target("search page, nothing asked, guest", house, cold(port, "/search/"), connections=1),
        "guest": Target("search page, guest", house, each(port, found, asked), connections=1),
        "member": Target("search page, member", house, each(port, found, asked, session), connections=1),
        "typed": Target("as one types, guest", house, each(port, suggested, typed), connections=1),
        "typed_member": Target("as one types, member", house, each(port, suggested, typed, session), connections=1),
        "guest_8": Target("search page, guest", house, each(port, found, asked)),
        "member_8": Target("search page, member", house, each(port, found, asked, session)),
    }
    measure_in_turns(list(targets.values()))
    show(list(targets.values()))
    waits = [seconds_until_found(port, places, number) for number in range(NEW_POSTS)]
    for name in ("guest", "member"):
        goal(f"whole search page p95, {name}", median(targets[name].p95), 100, " ms")
    for name in ("typed", "typed_member"):
        goal(f"{targets[name].name} p95", median(targets[name].p95), 50, " ms")
    goal("a new post is found, the slowest", max(waits), 2, " s")
    floor_cpu, floor_p95 = targets["blank"].cpu, median(targets["blank"].p95)
    print("above the search page of which nothing was asked, in the same run:")
    for name in ("guest", "member", "typed", "typed_member"):
        target = targets[name]
        print(f"  {target.name}: CPU {target.cpu - floor_cpu:+.1f} ms, p95 {median(target.p95) - floor_p95:+.1f} ms")
    return {
        **{f"{name}_page_cpu_ms": target.cpu for name, target in targets.items()},
        **{f"{name}_page_p50_ms": median(target.p50) for name, target in targets.items()},
        **{f"{name}_page_p95_ms": median(target.p95) for name, target in targets.items()},
        "found_after_seconds": median(waits),
        "found_after_most_seconds": max(waits),
    }


def each(port: int, path: str, questions: list[str], *headers: str) -> Request:
    """One question after the other."""
    requests = [get(port, path + quote(question), *headers) for question in questions]
    return lambda number: requests[number % len(requests)](number)


def seconds_until_found(port: int, places: dict[str, Any], number: int) -> float:
    """From the answer to a reply with a word of its own until that word is found. Raises: SystemExit if it never is."""
    word, replies, sessions = f"zq{uuid4().hex[:12]}", places["replies"], places["sessions"]
    form = {"body": f"We call it {word} here.", "token": word, "csrfmiddlewaretoken": CSRF, "language": "en"}
    line = HTTPConnection("localhost", port)
    cookie = f"sessionid={sessions[number % len(sessions)]}; csrftoken={CSRF}"
    headers = {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"}
    line.request("POST", replies[number % len(replies)], urlencode(form), headers)
    answer = line.getresponse()
    answer.read()
    if answer.status != 302:
        raise SystemExit(f"a reply was answered by {answer.status}")
    began = time.perf_counter()
    while time.perf_counter() - began < LONGEST_SECONDS:
        line.request("GET", f"/search/suggest/?q={word}")
        if json.loads(line.getresponse().read())["suggestions"]:
            return time.perf_counter() - began
        time.sleep(0.02)
    raise SystemExit(f"a new post was not found within {LONGEST_SECONDS} s")
