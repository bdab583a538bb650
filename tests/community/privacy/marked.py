"""A member all of whose fields and writings bear marks, and how to find marks again."""

import io
import json
import re
from collections.abc import Iterable
from pathlib import Path
from typing import Any
from zipfile import ZipFile

from django.contrib.admin.models import CHANGE, LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db import connection
from django.utils import timezone

from community.facts.models import Delivery, Fact
from community.mail.actions import write_mail
from community.members.actions import change_address, change_profile, verify_address
from community.members.actions.places import Use, note_place
from community.members.models import AccountRequest, Member
from forums.actions import accept_answer, delete_post, edit_post, save_draft, vote
from forums.models import Post, Thread
from tests.factories.forums import make_forum, make_post, make_question_forum, make_thread, opening_of
from tests.factories.members import make_circle, make_city, make_member, make_moderator, make_theme

# Of letters no word of the house has.
GONE = [f"zq{letter}{number}x" for letter in "abc" for number in range(10, 20)]  # given out to her, then gone
SECRET = [f"zqs{number}x" for number in range(10, 15)]  # gone, and never given out: keys, tokens, others' notes
STAYS = [f"stays{number}q" for number in range(5)]  # words of posts


class Writer:
    """Gives out each mark once, and remembers for what."""

    def __init__(self) -> None:
        self.left, self.secrets = list(GONE), list(SECRET)
        self.used: dict[str, str] = {}

    def __call__(self, what: str) -> str:
        return self._note(self.left.pop(0), what)

    def secret(self, what: str) -> str:
        return self._note(self.secrets.pop(0), what)

    def _note(self, mark: str, what: str) -> str:
        self.used[mark] = what
        return mark


def marked_member(client: Any) -> tuple[Member, Writer]:
    """Ana has used every corner of the house; others have spoken of her."""
    mark = Writer()
    ana = make_member(
        "Ana", handle=mark("handle"), email=f"{mark('address')}@cities.example", password="frontline-demo"
    )
    cai, dee = make_member("Cai"), make_moderator()
    _profile(ana, mark)
    _addresses(ana, mark)
    ana.refresh_from_db()
    _writings(ana, cai, mark)
    _spoken_of(ana, cai, dee, mark)
    _behind_the_scenes(ana, dee, mark)
    client.force_login(ana)
    session = client.session
    session["kept_form"] = {"back": "/", "fields": {"body": mark.secret("typed before her sign-in ran out")}}
    session.save()
    note_place(Use(session_key=str(session.session_key), member_id=ana.pk, agent="", address="192.0.2.1"))
    return ana, mark


def _profile(ana: Member, mark: Writer) -> None:
    change_profile(
        ana,
        by=ana,
        name=f"Ana {mark('name')}",
        position=mark("position"),
        city=make_city(),
        organisation=mark("organisation"),
        reads=["en", mark("a language"), mark("another language")],
        language="es",
        timezone="America/Guayaquil",
        themes=[make_theme()],
        tags=[mark("tag"), mark("another tag"), "shared"],
        about=mark("about"),
    )
    make_circle("coastal", ana)


def _addresses(ana: Member, mark: Writer) -> None:
    former = change_address(ana, email=f"{mark('second address')}@cities.example")
    verify_address(former)
    ana.refresh_from_db()
    change_address(ana, email=f"{mark('address that waits')}@cities.example")
    AccountRequest.objects.create(kind="password", email=ana.email, language="es", name=mark("name in a request"))
    write_mail(
        to=ana.email, language="es", kind="already_a_member", context={"link": f"/{mark.secret('key in a mail')}/"}
    )


def _writings(ana: Member, cai: Member, mark: Writer) -> None:
    thread = make_thread(make_question_forum("ask"), ana, title=mark("earlier title"), body=mark("earlier wording"))
    for body in (mark("another wording"), f"{STAYS[1]}, I am Ana."):
        edit_post(opening_of(thread), by=ana, title=STAYS[0], body=body, reason=mark("reason of an edit"))
    answer = make_post(thread, cai, "This works.")
    accept_answer(answer, by=ana)
    vote(answer, by=ana)
    reply = make_post(thread, ana, mark("earlier comment"), answer=answer)
    edit_post(reply, by=ana, body=STAYS[2], reason=mark("reason of another edit"))
    other = make_thread(make_forum("waste"), cai, tags=["shared"])
    for token in (mark.secret("token"), "plain"):
        delete_post(make_post(other, ana, mark("deleted reply"), token=token), by=ana)
    gone = make_thread(other.forum, ana, title=mark("title of a deleted thread"), body=mark("deleted thread"))
    delete_post(opening_of(gone), by=ana)
    for place in (f"thread:{other.pk}", f"forum:{other.forum_id}", f"thread:{thread.pk}"):
        save_draft(ana, place=place, fields={"body": mark("draft"), "title": mark("title of a draft")}, version=0)


def _spoken_of(ana: Member, cai: Member, dee: Member, mark: Writer) -> None:
    thread = Thread.objects.select_related("forum").get(title=STAYS[0])
    page = f"/members/{ana.handle}/"
    said = f"> **{ana.name}**\n>\n> {STAYS[1]}\n\n{STAYS[3]}: thank you @{ana.handle}, see `@{ana.handle}` and {page}."
    post = make_post(thread, cai, said, answer=Post.objects.get(thread=thread, kind="answer"))
    edit_post(post, by=cai, body=said + " Also.")
    save_draft(cai, place=f"thread:{thread.pk}", fields={"body": said}, version=0)
    make_post(thread, dee, f"I agree with @{ana.handle}. {STAYS[4]}", answer=None)


def _behind_the_scenes(ana: Member, dee: Member, mark: Writer) -> None:
    kind = ContentType.objects.get_for_model(Member)
    LogEntry.objects.create(
        user=dee, content_type=kind, object_id=str(ana.pk), object_repr=str(ana), action_flag=CHANGE,
        change_message=mark.secret("note in the admin's log"),
    )  # fmt: skip
    fact = Fact.objects.order_by("pk").first()
    error = f"{mark.secret('error')}: 550 no such user {ana.email}"
    Delivery.objects.create(fact=fact, listener="x", lane="world", parked_at=timezone.now(), error=error, attempts=1)


def found_in(text: str, marks: Iterable[str]) -> set[str]:
    lower = text.lower()
    return {mark for mark in marks if mark in lower}


def database_as_text() -> str:
    """Every table, every column, and what sessions hold unpacked."""
    written = io.StringIO()
    with connection.cursor() as cursor:
        for table in connection.introspection.table_names(cursor):
            cursor.execute(f'SELECT * FROM "{table}"')
            for row in cursor.fetchall():
                print(table, *row, sep="\t", file=written)
    for session in Session.objects.all():
        print(json.dumps(session.get_decoded(), ensure_ascii=False), file=written)
    return re.sub(r"\\u([0-9a-f]{4})", lambda found: chr(int(found[1], 16)), written.getvalue())


def files_as_text(folder: Path) -> str:
    """Every file under it, archives unpacked, and its name."""
    texts = []
    for path in sorted(folder.rglob("*")):
        texts.append(path.name)
        if path.suffix == ".zip":
            with ZipFile(path) as file:
                texts += [file.read(name).decode("utf-8", "replace") for name in file.namelist()]
        elif path.is_file():
            texts.append(path.read_bytes().decode("utf-8", "replace"))
    return "\n".join(texts)
