"""Files that go with an outcome: private as its draft is, public with it."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from community.files.actions import delete_file
from community.files.models import StoredFile
from community.members.models import Member
from forums.actions.exchanges import agree_to_outcome, take_outcome_away, write_outcome
from forums.models import Agreement, Exchange, Outcome
from tests.factories.exchanges import make_citizen, make_draft, make_met, make_published, outcome_texts
from tests.factories.files import make_file
from tests.factories.members import make_moderator
from tests.forums.exchanges.reading import address, signed_in

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def empty_shelf() -> Iterator[None]:
    yield
    shutil.rmtree(Path(settings.DATA_DIR) / "files", ignore_errors=True)


def with_files(exchange: Exchange, by: Member, *files: StoredFile) -> Outcome:
    version = Outcome.objects.filter(exchange=exchange).values_list("text_version", flat=True).first() or 0
    texts = outcome_texts()
    return write_outcome(exchange, by=by, language="en", version=version, files=[file.pk for file in files], **texts)


def readers(file: StoredFile, **members: Member | None) -> set[str]:
    file.refresh_from_db()
    clients = {name: signed_in(member) if member else Client() for name, member in members.items()}
    return {name for name, client in clients.items() if client.get(file.address).status_code == 200}


def test_a_file_is_read_by_its_cities_until_the_outcome_is_public_and_by_them_when_it_is_taken_away() -> None:
    ana, cai, mia, dee = (
        make_citizen("Ana"),
        make_citizen("Cai", "belfast"),
        make_citizen("Mia", "milan"),
        make_moderator(),
    )
    exchange, file = make_met(ana, cai), make_file(ana)
    all_of = {"guest": None, "ana": ana, "cai": cai, "mia": mia, "dee": dee}

    outcome = with_files(exchange, ana, file)
    seen = [readers(file, **all_of)]
    for member in (ana, cai):
        agree_to_outcome(outcome, by=member, version=outcome.text_version)
    seen.append(readers(file, **all_of))
    page = Client().get(f"{address(exchange)}outcome/").content.decode()
    take_outcome_away(outcome, by=dee, reason="It names a patient.")
    seen.append(readers(file, **all_of))

    assert seen == [{"ana", "cai", "dee"}, set(all_of), {"ana", "cai", "dee"}]
    assert file.address in page


def test_a_file_more_asks_every_city_again_and_is_public_with_their_word() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange, file = make_published(ana, cai), make_file(cai)

    outcome = with_files(exchange, cai, file)
    before = readers(file, guest=None, ana=ana)
    public = Client().get(f"{address(exchange)}outcome/").content.decode()
    inside = signed_in(ana).get(f"{address(exchange)}outcome/").content.decode()
    for member in (ana, cai):
        agree_to_outcome(outcome, by=member, version=outcome.text_version)

    assert (before, file.name in public, file.name in inside) == ({"ana"}, False, True)
    assert "We agree: publish it" in inside
    assert readers(file, guest=None, ana=ana) == {"guest", "ana"}


def test_a_file_more_in_a_draft_drops_every_agreement_and_those_of_others_stay() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange = make_met(ana, cai)
    outcome = with_files(exchange, ana, make_file(ana, name="hers.pdf"))
    agree_to_outcome(outcome, by=ana, version=1)

    with_files(exchange, cai, make_file(cai, name="his.pdf"))

    page = signed_in(ana).get(f"{address(exchange)}outcome/").content.decode()
    assert not Agreement.objects.exists()
    assert "hers.pdf" in page
    assert "his.pdf" in page


def test_where_the_only_change_was_a_file_that_goes_nothing_waits_any_more() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange, file = make_published(ana, cai), make_file(cai)
    outcome = with_files(exchange, cai, file)
    waited = outcome.waits

    file.refresh_from_db()
    delete_file(file, by=cai)

    assert (waited, Outcome.objects.get(exchange=exchange).waits) == (True, False)


def test_a_browser_without_scripts_sends_files_with_the_outcome() -> None:
    ana, cai = make_citizen("Ana"), make_citizen("Cai", "belfast")
    exchange, file = make_met(ana, cai), make_file(cai)
    make_draft(exchange, ana)
    form = outcome_texts() | {"language": "en", "version": "1", "files": str(file.pk)}

    signed_in(cai).post(f"/exchanges/{exchange.pk}/do/conclude/", form)
    again = signed_in(cai).get(f"/exchanges/{exchange.pk}/do/conclude/").content.decode()

    file.refresh_from_db()
    assert file.held_by == "forums.outcome"
    assert f'name="files" value="{file.pk}"' in again
