"""Calendar feeds of 100 and of 2,000 sessions: first build, kept bytes, 304; beside a bare Daphne application.

Run: make bench-feeds (QUICK=1 for one short round).
"""

import json
from http.client import HTTPConnection
from statistics import median
from typing import Any

from benchmarks.figures import ROUNDS, Target, goal, last_line, measure_in_turns, show, with_servers
from benchmarks.load import get
from benchmarks.servers import Server, bare

FEED = "/calendar/all.ics?past=all"
SIZES = (100, 2000)


def main() -> None:
    floor = bare("hello")
    sites = {size: schedule(size) for size in SIZES}
    with_servers([floor, *sites.values()], lambda: measure(floor, sites))


def schedule(size: int) -> Server:
    server = Server("manage.py", "serve", "--port", "PORT")
    server.call("manage.py", "migrate", "--verbosity", "0")
    server.call("manage.py", "collectstatic", "--noinput", "--verbosity", "0")
    server.call("-m", "benchmarks.sessions", str(size))
    return server.start()


def measure(floor: Server, sites: dict[int, Server]) -> None:
    targets = {"hello": Target("bare Daphne, hello", floor, get(floor.port, "/"))}
    for size, site in sites.items():
        tag = asked(site)["etag"]
        targets[f"kept_{size}"] = Target(f"feed of {size} sessions, kept", site, get(site.port, FEED))
        known = get(site.port, FEED, f"If-None-Match: {tag}")
        targets[f"same_{size}"] = Target(f"feed of {size} sessions, 304", site, known, expected=304)
        page = get(site.port, "/webinars/?cold=1")
        targets[f"page_{size}"] = Target(f"schedule page of {size}, cold", site, page, connections=1)
    measure_in_turns(list(targets.values()))
    show(list(targets.values()))
    builds = {size: first_build(site) for size, site in sites.items()}
    changed = {size: after_a_change(site) for size, site in sites.items()}
    for size in SIZES:
        first, plain = builds[size]["first_ms"], builds[size]["plain_ms"]
        print(f"first build of {size}: {first:.1f} ms CPU; icalendar alone, written again: {plain:.1f}")
        print(f"the whole answer after one of {size} moved: {changed[size]:.1f} ms CPU")
    ratios = {
        f"{what}_{size}_to_hello": targets[f"{what}_{size}"].cpu / targets["hello"].cpu
        for what in ("kept", "same")
        for size in SIZES
    }
    for name, ratio in ratios.items():
        goal(name.replace("_", " "), ratio, 2)
    goal("first build of 100 sessions, CPU", builds[100]["first_ms"], 80, " ms")
    goal("schedule page, p50", median(targets["page_100"].p50), 40, " ms")
    last_line(
        "feeds",
        **{f"{name}_cpu_ms": target.cpu for name, target in targets.items()},
        **ratios,
        **{f"first_{size}_ms": build["first_ms"] for size, build in builds.items()},
        **{f"changed_{size}_ms": changed[size] for size in SIZES},
    )


def asked(site: Server) -> dict[str, str]:
    line = HTTPConnection("localhost", site.port)
    line.request("GET", FEED, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    answer.read()
    return {name.lower(): value for name, value in answer.headers.items()}


def first_build(site: Server) -> dict[str, Any]:
    """The median of a few, each in a process of its own."""
    told = [json.loads(site.call("-m", "benchmarks.sessions", "build").splitlines()[-1]) for _ in range(ROUNDS)]
    return {name: median(each[name] for each in told) for name in told[0]}


def after_a_change(site: Server) -> float:
    """CPU milliseconds of the server for the first answer after a session was moved by another process."""
    spent = []
    for _ in range(ROUNDS):
        site.call("-m", "benchmarks.sessions", "move")
        asked(site)  # the bell was rung elsewhere: this one or the next is built anew
        before, tag = site.cpu(), ""
        site.call("-m", "benchmarks.sessions", "move")
        while tag != (tag := asked(site)["etag"]):
            pass
        spent.append((site.cpu() - before) * 1000)
    return median(spent)


if __name__ == "__main__":
    main()
