"""An empty view behind all our middleware in one hop, against Django's usual eight under ASGI.

Run: make bench-chain (QUICK=1 for one short round).
"""

from benchmarks.figures import Target, goal, last_line, measure_in_turns, show, with_servers
from benchmarks.load import get
from benchmarks.servers import Server, bare

CONNECTIONS = (8, 1)


def main() -> None:
    servers = {what: bare(what) for what in ("hello", "usual", "chain")}
    with_servers(list(servers.values()), lambda: measure(servers))


def measure(servers: dict[str, Server]) -> None:
    names = {"hello": "bare Daphne, hello", "usual": "usual eight, Django's handler", "chain": "ours, in one hop"}
    targets = {
        f"{what}_{count}": Target(names[what], server, get(server.port, "/empty/"), connections=count)
        for count in CONNECTIONS
        for what, server in servers.items()
    }
    measure_in_turns(list(targets.values()))
    show(list(targets.values()))
    ratio, ratio_1 = (targets[f"chain_{count}"].cpu / targets[f"usual_{count}"].cpu for count in CONNECTIONS)
    goal("our chain as a share of the usual eight, CPU, 8 connections", ratio, 0.6)
    goal("our chain as a share of the usual eight, CPU, 1 connection", ratio_1, 0.6)
    figures = {f"{name}_cpu_ms": target.cpu for name, target in targets.items()}
    last_line("chain", **figures, ratio=ratio, ratio_1=ratio_1)


if __name__ == "__main__":
    main()
