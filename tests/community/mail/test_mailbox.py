import pytest
from django.core.mail import EmailMultiAlternatives, get_connection
from django.urls import reverse

from community.mail.listeners import letter_of
from community.mail.mailbox import newest_letters
from community.mail.models import Mail

BACKEND = "django.core.mail.backends.filebased.EmailBackend"


@pytest.fixture
def folder(settings, tmp_path):
    settings.EMAIL_FILE_PATH = tmp_path / "mail"
    return tmp_path / "mail"


def file_mails(*subjects, folder):
    letters = [
        letter_of(
            Mail(pk=n, to="ana@cities.example", language="ar", subject=subject, text=f"Go to http://x.example/{n}/\n")
        )
        for n, subject in enumerate(subjects)
    ]
    get_connection(BACKEND, file_path=str(folder)).send_messages(letters)


def test_the_mailbox_reads_several_mails_of_one_file(folder):
    file_mails("أكّد عنوانك", "Two", folder=folder)

    assert {letter.subject for letter in newest_letters(folder)} == {"أكّد عنوانك", "Two"}


def test_the_mailbox_page_shows_links_that_can_be_followed(client, folder):
    file_mails("One", folder=folder)

    page = client.get(reverse("mail:mailbox"))

    assert page.status_code == 200
    assert 'href="http://x.example/0/"' in page.content.decode()


def test_the_mailbox_is_not_there_outside_the_demonstration(client, folder, settings):
    file_mails("A secret", folder=folder)
    settings.DEMONSTRATION = False

    assert client.get(reverse("mail:mailbox")).status_code == 404


def test_an_empty_mailbox_says_so(client, folder):
    assert "No mail yet" in client.get(reverse("mail:mailbox")).content.decode()


def test_a_file_that_another_program_left_is_passed_over(folder):
    folder.mkdir()
    (folder / "note.log").write_text("")

    assert newest_letters(folder) == []
    assert isinstance(letter_of(Mail(pk=1, to="a@b.example", subject="s", text="t", html="h")), EmailMultiAlternatives)
