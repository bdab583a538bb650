"""What threads are about, and the thread about a thing."""

from collections.abc import Iterable

from django.contrib.contenttypes.models import ContentType
from django.db.models import Model

from community.members.rulings import Viewer
from forums.models import Thread
from forums.ports import AboutCard, Subject
from forums.rules import seeable_threads


def thread_about(viewer: Viewer, thing: Model) -> Thread | None:
    """As far as she may see it. One query."""
    kind = ContentType.objects.get_for_model(thing)
    return seeable_threads(viewer).filter(about_type=kind, about_id=thing.pk).first()


def ids_discussed(model: type[Model], ids: Iterable[int]) -> set[int]:
    """Which of these things have a thread, whoever may see it. One query."""
    kind = ContentType.objects.get_for_model(model)
    threads = Thread.objects.filter(about_type=kind, about_id__in=ids)
    return {thread.about_id for thread in threads.only("about_id") if thread.about_id is not None}


def card_of(viewer: Viewer, thread: Thread, subject: Subject) -> AboutCard | None:
    """What it is about, as she may see it. No query but the room's own."""
    return subject.shown(viewer, [thread.about_id or 0]).get(thread.about_id or 0)
