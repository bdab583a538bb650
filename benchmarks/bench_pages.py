"""Pages of the site: kept, cold, signed in; a reply; beside a bare Daphne application.

Run: make bench-pages (QUICK=1 for one short round). THREADS says how many there are, 1,000 unless told.
"""

import os
from statistics import median

from benchmarks.figures import Target, goal, last_line, measure_in_turns, show, with_servers
from benchmarks.load import get
from benchmarks.servers import bare, site
from benchmarks.visits import as_member, cold, insist_signed_in, reply

THREADS = int(os.environ.get("THREADS", "1000"))
NODEBB_CPU_MS, NODEBB_REPLY_MS = 18.0, 20.0  # its topic page and its reply, on a quiet machine of two cores


def main() -> None:
    floor = bare("hello")
    house, places = site(THREADS)
    with_servers([floor, house], lambda: measure(floor, house, places))


def measure(floor, house, places) -> None:
    port, thread, session = house.port, places["thread"], places["sessions"][0]
    insist_signed_in(port, thread, places["sessions"])
    hello = get(floor.port, "/")
    tag = etag_of(house, thread)
    targets = {
        "hello": Target("bare Daphne, hello", floor, hello),
        "hello_1": Target("bare Daphne, hello", floor, hello, connections=1),
        "kept": Target("guest thread page, 20 posts, kept", house, get(port, thread)),
        "kept_1": Target("guest thread page, 20 posts, kept", house, get(port, thread), connections=1),
        "same": Target("the same, not modified (304)", house, get(port, thread, f"If-None-Match: {tag}"), expected=304),
        "kept_list": Target("guest forum list, kept", house, get(port, places["forum"])),
        "cold": Target("guest thread page, cold", house, cold(port, thread)),
        "cold_1": Target("guest thread page, cold", house, cold(port, thread), connections=1),
        "cold_list": Target("guest forum list, cold", house, cold(port, places["forum"])),
        "member": Target("signed-in thread page", house, as_member(port, thread, session)),
        "member_1": Target("signed-in thread page", house, as_member(port, thread, session), connections=1),
        "reply_1": Target(
            "new reply (POST), with its deliveries", house, reply(port, places["replies"], places["sessions"]),
            connections=1, expected=302,
        ),
        "reply": Target(
            "new reply (POST), with its deliveries", house, reply(port, places["replies"], places["sessions"]),
            expected=302,
        ),
    }  # fmt: skip
    measure_in_turns(list(targets.values()))
    memory = house.memory_mb()
    show(list(targets.values()))
    ratio = targets["kept"].cpu / targets["hello"].cpu
    kept_p99, reply_p50 = median(targets["kept"].p99), median(targets["reply_1"].p50)
    goal("kept page, CPU as a multiple of bare Daphne", ratio, 2)
    goal("kept page, p99 with 8 connections", kept_p99, 30, " ms")
    goal("cold thread page, CPU (NodeBB 18 ms; aim 12)", targets["cold"].cpu, 12, " ms")
    goal("signed-in thread page, CPU (NodeBB 18 ms; aim 12)", targets["member"].cpu, 12, " ms")
    goal("reply, p50 with 1 connection (NodeBB's)", reply_p50, NODEBB_REPLY_MS, " ms")
    goal("memory of the one process", memory, 200, " MB")
    figures = {f"{name}_cpu_ms": target.cpu for name, target in targets.items()}
    last_line("pages", **figures, kept_to_hello=ratio, kept_p99_ms=kept_p99, reply_p50_ms=reply_p50, memory_mb=memory)


def etag_of(house, path: str) -> str:
    from http.client import HTTPConnection

    line = HTTPConnection("localhost", house.port)
    line.request("GET", path, headers={"Accept-Encoding": "gzip"})
    answer = line.getresponse()
    answer.read()
    return str(answer.headers["ETag"])


if __name__ == "__main__":
    main()
