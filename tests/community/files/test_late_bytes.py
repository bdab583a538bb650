"""No byte stays in the storage that no row knows of, wherever the process that put it there was killed."""

from contextlib import AbstractContextManager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.conf import settings
from django.core.files.storage import FileSystemStorage
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client, override_settings
from django.utils import timezone

from community.files import shelf
from community.files.actions import begin_file, delete_file, finish_file
from community.files.models import StoredFile
from community.files.preparation import prepare_file
from community.files.uploads import take_whole
from community.members.models import Member
from tests.factories.deliveries import deliver_all
from tests.factories.files import PDF, make_file, png
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


class Dying(FileSystemStorage):
    """Once the bytes stand there the process is killed, which no cleaning up outlives."""

    def _save(self, name: str, content: Any) -> str:
        super()._save(name, content)
        raise SystemExit


class Meanwhile(FileSystemStorage):
    """While bytes are put there the file is deleted, row and all."""

    def _save(self, name: str, content: Any) -> str:
        for file in StoredFile.objects.filter(key=name.partition("/")[0]):
            delete_file(file, by=file.owner)  # type: ignore[arg-type]
            deliver_all()
        saved: str = super()._save(name, content)
        return saved


def storage(kind: type[FileSystemStorage]) -> AbstractContextManager[Any]:
    default = settings.STORAGES["default"] | {"BACKEND": f"{__name__}.{kind.__name__}"}
    return override_settings(STORAGES=settings.STORAGES | {"default": default})


def kept(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if path.is_file()]


def later(**time: float) -> None:
    with time_machine.travel(timezone.now() + timedelta(**time)):
        deliver_all()


@pytest.fixture
def ana() -> Member:
    return make_member("Ana")


@pytest.fixture
def browser(ana: Member) -> Client:
    client = Client(headers={"accept": "application/json"})
    client.force_login(ana)
    return client


def arriving(owner: Member) -> StoredFile:
    return begin_file(owner, name="plan.pdf", size=len(PDF), token="t")


def test_what_came_with_a_form_that_was_never_answered_goes_after_a_day(ana: Member, empty_shelf: Path) -> None:
    with storage(Dying), pytest.raises(SystemExit):
        take_whole(ana, SimpleUploadedFile("plan.pdf", PDF))
    assert len(kept(empty_shelf)) == 1

    later(hours=25)

    assert kept(empty_shelf) == []
    assert StoredFile.objects.count() == 0


def test_a_part_that_was_never_counted_goes_with_its_file_and_not_before(
    browser: Client, ana: Member, empty_shelf: Path
) -> None:
    file = arriving(ana)
    with storage(Dying), pytest.raises(SystemExit):
        browser.put(f"/account/files/{file.pk}/?offset=0", PDF, content_type="application/octet-stream")
    assert len(kept(empty_shelf)) == 1

    again = browser.put(f"/account/files/{file.pk}/?offset=0", PDF, content_type="application/octet-stream")
    finish_file(file)
    deliver_all()

    assert again.json()["received"] == len(PDF)
    assert [path.read_bytes() for path in kept(empty_shelf)] == [PDF]
    later(hours=25)
    assert kept(empty_shelf) == []


def test_a_part_that_comes_to_a_file_deleted_meanwhile_finds_none_and_leaves_nothing(
    browser: Client, ana: Member, empty_shelf: Path
) -> None:
    file = arriving(ana)

    with storage(Meanwhile):
        answer = browser.put(f"/account/files/{file.pk}/?offset=0", PDF, content_type="application/octet-stream")

    assert answer.status_code == 404
    assert kept(empty_shelf) == []


def test_a_file_deleted_while_it_is_prepared_leaves_nothing(ana: Member, empty_shelf: Path) -> None:
    file = make_file(ana, png(), is_prepared=False)

    with storage(Meanwhile):
        prepare_file(file.pk)

    assert StoredFile.objects.count() == 0
    assert kept(empty_shelf) == []


def test_what_is_put_there_after_all_by_a_process_that_then_dies_goes_an_hour_later(
    ana: Member, empty_shelf: Path
) -> None:
    gone, stays = make_file(ana), make_file(ana)
    delete_file(gone, by=ana)
    deliver_all()
    shelf.put(f"{gone.key}/whole", PDF)

    later(minutes=59)
    assert len(kept(empty_shelf)) == 2
    later(minutes=61)

    assert [path.parent.name for path in kept(empty_shelf)] == [stays.key]
