from collections.abc import Iterator

import pytest
from django.core.cache import cache

from community.members.backend import _nobodys_password


@pytest.fixture(autouse=True)
def nobody_has_tried_anything() -> None:
    cache.clear()


@pytest.fixture(autouse=True)
def few_rounds(settings) -> Iterator[None]:
    settings.PASSWORD_HASHERS = ["tests.statistics.FewRounds"]
    _nobodys_password.cache_clear()
    yield
    _nobodys_password.cache_clear()


@pytest.fixture(autouse=True)
def a_place_of_its_own(settings, tmp_path) -> None:
    """Files of this test alone; mail goes into files, as in the demonstration."""
    settings.DATA_DIR = tmp_path
    shelf = {"BACKEND": "django.core.files.storage.FileSystemStorage", "OPTIONS": {"location": str(tmp_path / "files")}}
    settings.STORAGES = {**settings.STORAGES, "default": shelf}
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    settings.EMAIL_BACKEND = "django.core.mail.backends.filebased.EmailBackend"
