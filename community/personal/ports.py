"""The port: what the house holds of a person. Each room says it for each of its models, in its `personal.py`.

A test insists that every model of the house is declared, third-party ones included, and that no column
which could hold words is forgotten when a person is erased.
"""

from collections.abc import Callable, Iterable, Mapping
from contextlib import AbstractContextManager
from dataclasses import dataclass, field
from typing import IO, Any

from django.db.models import Model, QuerySet
from django.utils.functional import Promise


@dataclass(frozen=True)
class Person:
    """Whose data is meant. Plain, so that rooms below members can be asked too; taken before anything is erased.

    Params: emails, every address that she has confirmed, in lower case. One that nobody confirmed may be anybody's.
    """

    id: int
    handle: str
    name: str
    language: str
    emails: tuple[str, ...]
    former_handles: tuple[str, ...] = ()

    @property
    def handles(self) -> tuple[str, ...]:
        """All that she was ever called."""
        return (self.handle, *self.former_handles)


@dataclass(frozen=True)
class PersonalFile:
    """Something she brought, for her archive.

    Params: name, within the folder of its model; content, opens it, and raises FileNotFoundError where it is gone;
    is_packed, a second packing would gain nothing.
    """

    name: str
    content: Callable[[], AbstractContextManager[IO[bytes]]]
    is_packed: bool = False


@dataclass(frozen=True)
class Delete:
    """Her rows go."""


@dataclass(frozen=True)
class Blank:
    """Her rows stay without her. Params: fields, what is written into them; stays, column of words → why it may."""

    fields: Mapping[str, Any]
    stays: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class By:
    """What the rows alone cannot say. The function writes; it is called inside an action, once.

    Params: what, in a sentence, for whoever reads the declarations; stays, where some rows stay, column of words
    → why it may: every other one is empty in them.
    """

    function: Callable[[Person], None]
    what: str
    stays: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Stay:
    """Her rows stay as they are, but for keys that are emptied when her own row goes.

    Params: because, why they may; stays, column of words → why it may.
    """

    because: str
    stays: Mapping[str, str] = field(default_factory=dict)


Erasing = Delete | Blank | By | Stay


@dataclass(frozen=True)
class Holding:
    """What one model holds of people.

    Params: title, the heading in her archive; hers, her rows: asked with nothing else known, and again to erase
    them; erase, what becomes of them; given, makes of them what stands in her archive, with values that it adds by
    annotation: hers and what concerns her, not what others wrote or what she may no longer see; also, further values
    by lookup, `city__slug`, or by annotation; without, columns that are
    not given out (a hash, a token); besides, what must be done beyond her own rows, before any of them, in whatever
    room, is erased; files, what she brought as files; for_programs, its rows are names and numbers of the house's
    own making: they stand in `data.json` alone, and the page says so.
    """

    model: type[Model]
    title: Promise | str
    hers: Callable[[Person], "QuerySet[Any]"]
    erase: Erasing
    given: "Callable[[QuerySet[Any], Person], QuerySet[Any]] | None" = None
    also: tuple[str, ...] = ()
    without: tuple[str, ...] = ()
    besides: Callable[[Person], None] | None = None
    files: Callable[[Person], Iterable[PersonalFile]] | None = None
    for_programs: bool = False


@dataclass(frozen=True)
class NothingPersonal:
    """This model holds nothing of people. Params: because, how one knows."""

    model: type[Model]
    because: str


HOLDINGS: dict[str, Holding] = {}
NOTHING: dict[str, NothingPersonal] = {}


def holds(*holdings: Holding) -> None:
    """Declare models that hold something of people."""
    for holding in holdings:
        _insist_on_first(holding.model)
        HOLDINGS[holding.model._meta.label] = holding


def holds_nothing(because: str, *models: type[Model]) -> None:
    """Declare models that hold nothing of people."""
    for model in models:
        _insist_on_first(model)
        NOTHING[model._meta.label] = NothingPersonal(model, because)


def _insist_on_first(model: type[Model]) -> None:
    if model._meta.label in HOLDINGS or model._meta.label in NOTHING:
        raise ValueError(f"{model._meta.label} is declared twice.")
