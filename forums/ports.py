"""The port: what threads may be about. A room above says in its `cards.py` how its things show themselves."""

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model
from django.utils.functional import Promise

from community.members.rulings import Viewer


@dataclass(frozen=True)
class AboutCard:
    """A thing as it reads now, in the active language. Params: language, of the title; note, what is odd about it."""

    title: str
    language: str
    address: str
    at: datetime | None = None
    note: str = ""


@dataclass(frozen=True)
class Subject:
    """A kind of thing that threads may be about.

    Params: stream, whose number steps with what a card shows; shown, by who reads and ids: what it does not return
    does not exist for her.
    """

    model: type[Model]
    words: Promise
    stream: str
    shown: Callable[[Viewer, Iterable[int]], Mapping[int, AboutCard]]


SUBJECTS: dict[str, Subject] = {}


def may_be_about(subject: Subject) -> Subject:
    """Make a kind known."""
    SUBJECTS[subject.model._meta.label_lower] = subject
    return subject


def subject_of(about_type_id: int | None) -> Subject | None:
    """Params: about_type_id, of a thread."""
    if about_type_id is None:
        return None
    kind = ContentType.objects.get_for_id(about_type_id)
    return SUBJECTS.get(f"{kind.app_label}.{kind.model}")
