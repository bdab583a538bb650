"""What the workers of one run share: made by whichever needs it first, and copied."""

import fcntl
import hashlib
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from urllib.parse import urlsplit, urlunsplit

import psycopg

SHARED = Path(os.environ["RUN_DIR"])
DATABASE_URL = os.environ.get("DATABASE_URL", "")


@contextmanager
def made_once(name: str, make: Callable[[Path, str], None]) -> Iterator[tuple[Path, str]]:
    """Its folder, and the name of its database where there is a server of those; the others wait meanwhile.

    Params: make, called once a run with both; the database is there, and empty.
    """
    folder = SHARED / "once" / name
    folder.mkdir(parents=True, exist_ok=True)
    with (folder.parent / f"{name}.lock").open("w") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        is_there = folder.parent / f"{name}.is-there"
        if not is_there.exists():
            if DATABASE_URL:
                administer(f"CREATE DATABASE {database_of(name)}")
            make(folder, database_of(name))
            is_there.touch()
        yield folder, database_of(name)


def database_of(name: str) -> str:
    return f"frontline_{name}_{hashlib.sha256(bytes(SHARED)).hexdigest()[:12]}"


def forget_all() -> None:
    """Once the run is over. Folders go with it; databases stand on a server that stays."""
    if DATABASE_URL:
        for is_there in (SHARED / "once").glob("*.is-there"):
            administer(f"DROP DATABASE {database_of(is_there.stem)} WITH (FORCE)")


def copy_database(original: str, copy: str) -> None:
    """Of one that nobody is connected to."""
    administer(f"CREATE DATABASE {copy} TEMPLATE {original}")


def database_url(name: str) -> str:
    return urlunsplit(urlsplit(DATABASE_URL)._replace(path=f"/{name}")) if DATABASE_URL else ""


def administer(statement: str) -> None:
    with psycopg.connect(database_url("postgres"), autocommit=True) as connection:
        connection.execute(statement)  # type: ignore[call-overload]
