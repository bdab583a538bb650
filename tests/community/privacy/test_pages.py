import re
from contextlib import contextmanager
from dataclasses import replace
from datetime import timedelta
from functools import partial
from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZIP_STORED, ZipFile

import pytest
import time_machine
from asgiref.sync import async_to_sync
from django.conf import settings as house
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from community.facts.models import Delivery, Fact
from community.files import shelf
from community.mail.models import Mail
from community.members.models import Member
from community.personal.ports import HOLDINGS, PersonalFile
from community.privacy.actions import ask_for_archive, erase_member, finish_archive
from community.privacy.listeners import make_archive
from community.privacy.models import Archive, Departure, folder_of
from tests.factories.deliveries import deliver_all
from tests.factories.factors import code_now, give_app, prove
from tests.factories.forums import make_thread
from tests.factories.members import PASSWORD, make_administrator, make_member

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def ana(client):
    """She has just shown that it is she."""
    member = make_member("Ana", password=PASSWORD)
    client.force_login(member)
    prove(client, PASSWORD)
    return member


def ask(client):
    return client.post(reverse("privacy:data"))


def leave(client, **fields):
    return client.post(reverse("privacy:leave"), {"understood": "on", **fields})


def on_after_proof(client, suspended, password=PASSWORD):
    """What waited for her proof, with what had been sent to it."""
    assert suspended.url.startswith("/account/prove/")
    return client.post(suspended.url, {"password": password})


def link_in_mail(kind: str) -> str:
    return re.search(r"http://localhost:8000(/\S+)", Mail.objects.get(kind=kind).text).group(1)


def content_of(response) -> bytes:
    async def gather() -> bytes:
        return b"".join([piece async for piece in response.streaming_content])

    return async_to_sync(gather)()


@contextmanager
def the_archive():
    """The one that there is, opened."""
    with shelf.opened(Archive.objects.get().path) as content, ZipFile(content) as file:
        yield file


def kept() -> list[str]:
    """Names of all archives' bytes in the storage."""
    return sorted(path.name for path in Path(house.DATA_DIR, "files", "archives").rglob("*.zip"))


def test_a_member_asks_for_her_data_and_downloads_it(client, ana):
    make_thread(author=ana, body="Nobody cleans the drain.")

    assert ask(client).status_code == 302
    assert "We are gathering your data" in client.get(reverse("privacy:data")).content.decode()
    deliver_all()

    archive = Archive.objects.get()
    page = client.get(reverse("privacy:data")).content.decode()
    assert reverse("privacy:take", args=[archive.pk]) in page
    response = client.get(reverse("privacy:take", args=[archive.pk]))
    assert response["Content-Disposition"] == 'attachment; filename="frontline.zip"'
    assert "no-store" in response["Cache-Control"] and "private" in response["Cache-Control"]
    assert response["Content-Security-Policy"] == "sandbox; default-src 'none'"
    assert content_of(response) == b"".join(shelf.pieces(archive.path))
    assert [mail.to for mail in Mail.objects.filter(kind="archive_ready")] == [ana.email]
    with the_archive() as file:
        assert file.namelist() == ["data.json", "index.html"]
        assert b"Nobody cleans the drain." in file.read("index.html")
        assert b"thread_opened" in file.read("data.json")
        assert b"thread_opened" not in file.read("index.html")
        assert re.search(rb">Your bookmarks</h2>\s*<p>Nothing\.</p>", file.read("index.html"))


def test_the_page_of_an_archive_speaks_her_language_and_needs_nothing_from_elsewhere(client, ana):
    Member.objects.filter(pk=ana.pk).update(language="ar", about="<script>alert(1)</script>")
    ask(client)
    deliver_all()

    with the_archive() as file:
        page = file.read("index.html").decode()
    assert '<html lang="ar" dir="rtl">' in page
    assert "<script" not in page and "&lt;script&gt;" in page
    assert re.findall(r'(?:src|href)="(?!#)([^"]*)"', page) == []


def test_nobody_else_takes_it_and_a_guest_is_asked_to_sign_in(client, ana):
    ask(client)
    deliver_all()
    address = reverse("privacy:take", args=[Archive.objects.get().pk])
    assert content_of(client.get(address))

    for other in (make_member("Cai"), make_administrator()):
        stranger = Client()
        stranger.force_login(other)
        assert stranger.get(address).status_code == 404
    assert Client().get(address).status_code == 302


def test_who_finds_her_signed_in_does_not_take_it_without_a_proof(client, ana):
    ask(client)
    deliver_all()
    address = reverse("privacy:take", args=[Archive.objects.get().pk])

    with time_machine.travel(timezone.now() + timedelta(minutes=59)):
        assert client.get(address).status_code == 200
    with time_machine.travel(timezone.now() + timedelta(minutes=61)):
        asked = client.get(address)
        shown = on_after_proof(client, asked)

    assert asked.status_code == 302 and shown.url == address


def test_it_is_asked_for_once_a_day(client, ana):
    ask(client)

    ask(client)

    assert Archive.objects.count() == 1
    with time_machine.travel(timezone.now() + timedelta(days=1, minutes=1)):
        client.force_login(ana)
        on_after_proof(client, ask(client))
    assert Archive.objects.count() == 2


def test_after_seven_days_it_is_gone_with_its_file(client, ana):
    ask(client)
    deliver_all()
    archive = Archive.objects.get()
    address = reverse("privacy:take", args=[archive.pk])

    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        client.force_login(ana)
        assert client.get(address).status_code == 404
        assert len(kept()) == 1
        deliver_all()

    assert not Archive.objects.exists()
    assert kept() == []


def test_both_want_a_proof_and_reading_about_them_wants_none(client):
    client.force_login(make_member("Ana", password=PASSWORD))

    read = [client.get(reverse(name)).status_code for name in ("privacy:data", "privacy:leave")]
    wrong = [on_after_proof(client, ask(client), "open device"), on_after_proof(client, leave(client), "open device")]

    assert read == [200, 200]
    assert all("This is not your current password." in answer.content.decode() for answer in wrong)
    assert not Archive.objects.exists() and not Departure.objects.exists()


def test_after_the_proof_it_goes_on_with_what_was_sent(client):
    client.force_login(make_member("Ana", password=PASSWORD))

    asked = on_after_proof(client, ask(client))
    assert asked.url == reverse("privacy:data") and Archive.objects.exists()
    client.logout()
    client.force_login(Member.objects.get())
    left = on_after_proof(client, leave(client))

    assert left.url == reverse("privacy:left") and Departure.objects.exists()
    assert "_auth_user_id" not in client.session


def test_guessing_the_password_ends_after_five_tries(client):
    client.force_login(make_member("Ana", password=PASSWORD))
    suspended = leave(client)
    for _ in range(5):
        on_after_proof(client, suspended, "guess")

    assert "Too many tries" in on_after_proof(client, suspended).content.decode()
    assert not Departure.objects.exists()


def test_who_has_a_second_step_and_no_password_proves_herself_by_it(client):
    member = make_member("Ana")
    give_app(member)
    client.force_login(member)
    suspended = ask(client)
    assert not Archive.objects.exists()

    client.post(suspended.url, {"code": code_now()})

    assert Archive.objects.exists()


def test_who_leaves_is_signed_out_everywhere_and_not_shown(client, ana):
    elsewhere = Client()
    elsewhere.force_login(ana)
    assert client.get(f"/members/{ana.handle}/").status_code == 200

    response = leave(client)

    assert response.url == reverse("privacy:left")
    assert "7 days" in client.get(response.url).content.decode()
    assert elsewhere.get(reverse("members:profile")).status_code == 302
    assert client.get(f"/members/{ana.handle}/").status_code == 404
    assert not Client().login(username=ana.email, email=ana.email, password=PASSWORD)


def test_she_must_say_that_she_has_read_it(client, ana):
    client.post(reverse("privacy:leave"), {})

    assert not Departure.objects.exists()


def test_a_link_in_the_mail_brings_her_back_for_seven_days(client, ana):
    leave(client)
    link = link_in_mail("leaving")
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        assert "Keep my account" in client.get(link).content.decode()
        assert Departure.objects.exists()

        client.post(link)

        assert Client().login(username=ana.email, email=ana.email, password=PASSWORD)
        assert client.post(link).status_code == 404
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        deliver_all()
    assert Member.objects.filter(pk=ana.pk, is_active=True).exists()


def test_after_seven_days_the_worker_erases_her(client, ana):
    leave(client)
    link = link_in_mail("leaving")
    with time_machine.travel(timezone.now() + timedelta(days=6)):
        deliver_all()
    assert Member.objects.filter(pk=ana.pk).exists()

    with time_machine.travel(timezone.now() + timedelta(days=7, minutes=1)):
        assert client.get(link).status_code == 404
        deliver_all()

    assert not Member.objects.filter(pk=ana.pk).exists()
    assert not Mail.objects.filter(to=ana.email).exists()


def test_who_asked_twice_is_erased_by_the_second_wish_alone(client, ana):
    leave(client)
    client.post(link_in_mail("leaving"))
    Mail.objects.all().delete()
    with time_machine.travel(timezone.now() + timedelta(days=5)):
        client.force_login(Member.objects.get(pk=ana.pk))
        on_after_proof(client, leave(client))
    with time_machine.travel(timezone.now() + timedelta(days=8)):
        deliver_all()
    assert Member.objects.filter(pk=ana.pk).exists()

    with time_machine.travel(timezone.now() + timedelta(days=13)):
        deliver_all()

    assert not Member.objects.filter(pk=ana.pk).exists()


def test_the_only_administrator_cannot_leave(client):
    eve = make_administrator(password=PASSWORD)
    client.force_login(eve)
    prove(client, PASSWORD)

    alone = leave(client)
    make_administrator("Eva")
    with_another = leave(client)

    assert (alone.status_code, with_another.status_code) == (403, 302)
    assert "You are the only administrator" in alone.content.decode()


def test_an_archive_that_was_begun_and_cut_off_is_not_given_out(client, ana):
    ask(client)
    archive = Archive.objects.get()
    shelf.put(f"{folder_of(archive.pk)}/half.zip", b"half")

    assert client.get(reverse("privacy:take", args=[archive.pk])).status_code == 404
    deliver_all()

    assert content_of(client.get(reverse("privacy:take", args=[archive.pk])))[:2] == b"PK"
    assert len(kept()) == 2
    erase_member(ana)
    deliver_all()
    assert kept() == []


def test_a_second_try_that_comes_too_late_changes_nothing(client, ana):
    ask(client)
    deliver_all()
    [name] = kept()

    make_archive(Fact.objects.get(name="archive_asked"))
    assert not finish_archive(Archive.objects.get(), path="archives/1/late.zip", size_bytes=1)

    assert kept() == [name] and Archive.objects.get().path.endswith(name)
    assert Mail.objects.filter(kind="archive_ready").count() == 1


def test_gathering_waits_on_the_lane_of_heavy_work_and_holds_up_no_mail(client, ana):
    ask(client)

    assert Delivery.objects.get(fact__name="archive_asked").lane == "heavy"


def test_a_download_that_was_cut_off_goes_on_where_it_was(client, ana):
    ask(client)
    deliver_all()
    address = reverse("privacy:take", args=[Archive.objects.get().pk])
    whole = content_of(client.get(address))

    rest = client.get(address, headers={"range": "bytes=10-"})

    assert (rest.status_code, content_of(rest)) == (206, whole[10:])


def test_nginx_sends_it_where_it_is_told_to_and_to_her_alone(client, ana, settings):
    settings.FILES_ACCEL = "/kept-files/"
    ask(client)
    deliver_all()
    archive = Archive.objects.get()
    address = reverse("privacy:take", args=[archive.pk])

    response = client.get(address)

    assert response["X-Accel-Redirect"] == f"/kept-files/{archive.path}" and response.content == b""
    assert response["Content-Disposition"] == 'attachment; filename="frontline.zip"'
    client.force_login(make_member("Cai"))
    assert client.get(address).status_code == 404


def holds_a_transaction() -> bool:
    return connection.connection.in_transaction if connection.vendor == "sqlite" else connection.in_atomic_block


def test_files_are_packed_once_and_copied_while_nothing_holds_the_database(ana, monkeypatch):
    held = []

    @contextmanager
    def content():
        held.append(holds_a_transaction())
        yield BytesIO(b"of a picture")

    def brought(person):
        yield PersonalFile("map.webp", content, is_packed=True)
        yield PersonalFile("list.csv", content)
        yield PersonalFile("gone.txt", partial(shelf.opened, "files/not/there"))

    monkeypatch.setitem(HOLDINGS, "files.StoredFile", replace(HOLDINGS["files.StoredFile"], files=brought))
    ask_for_archive(ana)
    deliver_all()

    with the_archive() as file:
        packed = {each.filename: each.compress_type for each in file.infolist() if each.filename.startswith("files/")}
        assert file.read("files/storedfile/map.webp") == b"of a picture"
    assert packed == {"files/storedfile/map.webp": ZIP_STORED, "files/storedfile/list.csv": ZIP_DEFLATED}
    assert held == [False, False]
