"""The same pages with 100, 10,000 and 100,000 threads in the database: the cost must not grow.

Run: make bench-growth (QUICK=1 for one short round; SIZES=100,1000 for other sizes).
"""

import os
from typing import Any

from benchmarks.figures import Target, goal, last_line, measure_in_turns, show, with_servers
from benchmarks.servers import Server, site
from benchmarks.visits import as_member, cold, insist_signed_in, reply

SIZES = [int(size) for size in os.environ.get("SIZES", "100,10000,100000").split(",")]
MOST = 1.25  # times the cost with 100 threads; below it is noise


def main() -> None:
    houses = {size: site(size) for size in SIZES}
    with_servers([server for server, _ in houses.values()], lambda: measure(houses))


def measure(houses: dict[int, tuple[Server, dict[str, Any]]]) -> None:
    targets = {(name, size): target for size, house in houses.items() for name, target in pages(size, *house).items()}
    measure_in_turns(sorted_by_page(targets))
    show(sorted_by_page(targets))
    figures = {}
    for page in dict.fromkeys(page for page, _ in targets):
        growth = targets[page, SIZES[-1]].cpu / targets[page, SIZES[0]].cpu
        goal(f"{page}, CPU with {SIZES[-1]:,} threads as a multiple of {SIZES[0]}", growth, MOST)
        figures[f"{page}_growth"] = growth
    last_line("growth", threads=SIZES[-1], **figures)


def pages(size: int, server: Server, places: dict[str, Any]) -> dict[str, Target]:
    port, session = server.port, places["sessions"][0]
    insist_signed_in(port, places["thread"], places["sessions"])
    asked = {
        "home": cold(port, "/"),
        "board": cold(port, "/forums/"),
        "list": cold(port, places["forum"]),
        "thread": cold(port, places["thread"]),
        "member_list": as_member(port, places["forum"], session),
        "member_thread": as_member(port, places["thread"], session),
    }
    targets = {name: Target(f"{name}, {size:,} threads", server, request) for name, request in asked.items()}
    posting = reply(port, places["replies"], places["sessions"])
    targets["reply"] = Target(f"reply, {size:,} threads", server, posting, connections=1, expected=302)
    return targets


def sorted_by_page(targets: dict[tuple[str, int], Target]) -> list[Target]:
    """The sizes of one page stand side by side, so that they are measured within the same moment."""
    names = list(dict.fromkeys(name for name, _ in targets))
    return [targets[name, size] for name in names for size in SIZES]


if __name__ == "__main__":
    main()
