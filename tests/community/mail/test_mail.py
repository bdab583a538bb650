import pytest
from django.core import mail as outbox
from django.utils import translation

from community.facts.models import Delivery, Fact
from community.mail.actions import write_mail
from community.mail.listeners import send
from community.mail.models import Mail
from tests.factories.deliveries import deliver_all

pytestmark = pytest.mark.django_db
LINK = "http://localhost:8000/es/account/confirm-email/secret/"


def write(to="ana@cities.example", language="es", **context):
    return write_mail(to=to, language=language, kind="confirm_sign_up", context={"link": LINK, **context})


def test_a_mail_is_sent_once_with_its_own_headers_and_then_forgets_its_text():
    mail = write()

    deliver_all()
    send(Fact.objects.get(name="mail_written"))

    [sent] = outbox.outbox
    assert sent.to == ["ana@cities.example"]
    assert sent.extra_headers["Message-ID"] == f"<mail-{mail.pk}@localhost>"
    assert sent.extra_headers["Auto-Submitted"] == "auto-generated"
    assert LINK in sent.body
    assert sent.alternatives[0].mimetype == "text/html" and LINK in sent.alternatives[0].content
    mail.refresh_from_db()
    assert mail.sent_at and not mail.text and not mail.html


def test_a_mail_speaks_the_recipients_language_and_leaves_the_writers_as_it_was():
    with translation.override("fr"):
        arabic = write(language="ar")

        assert translation.get_language() == "fr"

    assert 'lang="ar" dir="rtl"' in arabic.html


def test_a_bad_address_stops_nobody_elses_mail():
    write(to="ana@cities.example")
    Mail.objects.update(to="ana@cities.example\nBcc: all@cities.example")
    write(to="bo@cities.example")

    deliver_all()

    assert [sent.to for sent in outbox.outbox] == [["bo@cities.example"]]
    assert Delivery.objects.filter(done_at=None, error__contains="BadHeaderError").count() == 1


def test_a_subject_is_one_line():
    mail = write()

    assert "\n" not in mail.subject and mail.subject == mail.subject.strip()


def test_what_stands_in_a_mail_cannot_become_html():
    mail = write_mail(
        to="ana@cities.example", language="en", kind="reset_password", context={"name": "<b>A & B</b>", "link": LINK}
    )

    assert "<b>A & B</b>" in mail.text
    assert "&lt;b&gt;A &amp; B&lt;/b&gt;" in mail.html
