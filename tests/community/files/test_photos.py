"""Photos of members: brought, shown wherever a face is, taken away."""

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from community.files.choices import Purpose
from community.files.models import StoredFile
from community.members.models import Member
from forums.models import Thread
from tests.factories.deliveries import deliver_all
from tests.factories.files import PDF, SVG, jpeg_with_gps, make_file, png
from tests.factories.forums import make_thread
from tests.factories.members import make_member

pytestmark = pytest.mark.django_db


@pytest.fixture
def ana() -> Member:
    return make_member("Ana", handle="ana")


@pytest.fixture
def browser(ana: Member) -> Client:
    client = Client()
    client.force_login(ana)
    return client


def upload(content: bytes, name: str) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content)


def page_of_thread(thread: Thread) -> str:
    return Client().get(f"/threads/{thread.pk}/{thread.slug}/").content.decode()


def test_a_photo_is_shown_wherever_a_face_is_and_can_be_taken_away(browser: Client, ana: Member) -> None:
    thread = make_thread(author=ana)
    assert '<img class="face"' not in page_of_thread(thread)

    browser.post("/account/photo/", {"photo": upload(jpeg_with_gps(900, 600), "me.jpg")})
    deliver_all()

    file = StoredFile.objects.get()
    assert [(copy["width"], copy["height"]) for copy in file.copies] == [(96, 96), (192, 192), (512, 512)]
    pages = (f"/threads/{thread.pk}/{thread.slug}/", "/members/ana/", "/account/photo/")
    assert [f'src="/files/{file.pk}/photo.webp?size=96"' in browser.get(page).content.decode() for page in pages] == [
        True
    ] * 3
    browser.post("/account/photo/remove/")
    assert '<img class="face"' not in page_of_thread(thread)
    deliver_all()
    assert StoredFile.objects.count() == 0


def test_a_new_photo_takes_the_place_of_the_old_one(browser: Client, ana: Member) -> None:
    first = make_file(ana, png(), purpose=Purpose.PHOTO)

    second = make_file(ana, png(colour="olive"), purpose=Purpose.PHOTO)
    deliver_all()

    assert Member.objects.get(pk=ana.pk).photo == second.pk
    assert not StoredFile.objects.filter(pk=first.pk).exists()


@pytest.mark.parametrize(("content", "word"), [(PDF, "This is not a picture"), (SVG, "SVG drawings are not taken")])
def test_a_photo_that_is_none_is_refused_in_words(browser: Client, content: bytes, word: str) -> None:
    browser.post("/account/photo/", {"photo": upload(content, "me.jpg")})
    answer = browser.post("/account/photo/", {"photo": upload(content, "me.jpg")})
    deliver_all()

    words = answer.content.decode() + browser.get("/account/photo/").content.decode()
    assert word in words
    assert Member.objects.get(handle="ana").photo is None
