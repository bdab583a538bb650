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
from community.files.actions import describe_file
from community.mail.actions import write_mail
from community.members.actions import change_address, change_profile, connect_provider, verify_address
from community.members.actions.places import Use, note_place
from community.members.models import AccountRequest, FormerHandle, Member, Organisation
from community.moderation.actions import appeal, lift_silence
from community.moderation.ports import PORTS
from community.polls.actions import cast
from community.privacy.models import Departure
from community.search.actions import save_search
from forums.actions import (
    accept_answer,
    delete_post,
    edit_post,
    keep_bookmark,
    mark_all_read,
    pin_summary,
    save_draft,
    vote,
)
from forums.actions.exchanges import agree_to_outcome
from forums.models import Draft, Forum, Post, Thread
from tests.factories.deliveries import deliver_all
from tests.factories.exchanges import make_citizen, make_draft, make_met, make_offer_of
from tests.factories.factors import Device, give_app
from tests.factories.files import make_file
from tests.factories.forums import make_forum, make_post, make_question_forum, make_thread, opening_of
from tests.factories.members import make_circle, make_city, make_member, make_moderator, make_organiser, make_theme
from tests.factories.moderation import decided, make_report
from tests.factories.polls import make_poll, options_of
from tests.factories.webinars import (
    make_open_session,
    make_proposal,
    make_registration,
    make_session,
    make_speaker,
)
from tests.factories.wishes import make_wish
from webinars.actions import cancel_session, make_feed, revise_entry, send_speaker_link
from webinars.models import Message, ProposalVote
from webinars.plans import Telling

# Of letters no word of the house has.
GONE = [f"zq{letter}{number}x" for letter in "abcde" for number in range(10, 20)][:45]  # given out to her, then gone
SECRET = [f"zqs{number}x" for number in range(10, 17)]  # gone, and never given out: keys, tokens, others' notes
STAYS = [f"stays{number}q" for number in range(5)]  # words of posts
AGREED = [f"agreed{number}q" for number in range(6)]  # said for a city, by moderators or organisers, which stay too


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


def wholly_marked_member(client: Any) -> tuple[Member, Writer]:
    """The same, with a row in each holding that any room has declared."""
    ana, mark = marked_member(client)
    cai, dee = Member.objects.get(handle="cai"), Member.objects.get(handle="dee")
    _in_forums(ana, cai, mark)
    _for_her_city(ana)
    _beside(ana, dee, mark)
    _moderated(ana, cai, dee, mark)
    deliver_all()
    _waiting(ana, mark)
    Departure.objects.create(member=ana, due_at=timezone.now())  # and no more: her sessions would be over
    ana.refresh_from_db()
    return ana, mark


def _in_forums(ana: Member, cai: Member, mark: Writer) -> None:
    thread = make_thread(make_forum("streets"), cai)
    post = opening_of(thread)
    keep_bookmark(post, by=ana, note=mark("note on a bookmark"), remind_at=None)
    mark_all_read(ana, thread.forum)
    poll = make_poll(thread)
    cast(poll, by=ana, option_ids=[options_of(poll)[0].pk])
    file = make_file(ana, mark("content of a file").encode(), name=f"{mark('name of a file')}.txt")
    describe_file(file, alt=mark("what a picture shows"))
    pin_summary(make_thread(thread.forum, ana), by=ana, body=AGREED[0])
    Draft.objects.filter(member=ana, place=f"thread:{Thread.objects.get(title=STAYS[0]).pk}").update(
        other={"body": mark("the other of two drafts")}
    )
    thread.forum.moderators.add(ana)
    former = FormerHandle.objects.create(member=ana, handle=mark("former handle"))
    make_post(thread, cai, body=f"As @{former.handle} said on /members/{former.handle}/")


def _for_her_city(ana: Member) -> None:
    ana.city_confirmed_at = timezone.now()
    ana.save(update_fields=["city_confirmed_at"])
    exchange = make_met(ana, make_citizen("Sol", "puno"), sought=AGREED[1])
    agree_to_outcome(make_draft(exchange, ana), by=ana, version=1)
    make_offer_of(ana, body=AGREED[2])


def _beside(ana: Member, dee: Member, mark: Writer) -> None:
    save_search(ana, f"q={mark('words of a saved search')}")
    names = {"contact_name": mark("contact of a city"), "contact_position": mark("role in a city")}
    make_wish(member=ana, priorities=[make_theme("heat")], **names)
    give_app(ana)
    Device().give_to(ana, name=mark.secret("name of a passkey"))
    connect_provider(ana, uid=mark.secret("identity at a provider"))
    make_registration(make_open_session(), ana)
    make_feed(by=ana)
    make_proposal(ana, abstract=mark("what she proposed"), themes=[make_theme("shade")])
    other = make_proposal(speaker_email=ana.email, speaker_role=mark.secret("role in what another proposed"))
    ProposalVote.objects.create(proposal=other, organiser=ana, opinion="yes", note=mark("note of a vote"))
    speaker = make_session("talk", speakers=[make_speaker()]).speakers.get()
    send_speaker_link(speaker, email=ana.email, language="en", by=make_organiser())
    revise_entry(speaker, version=1, by=None, bio=mark("what she says of herself as a speaker"), bio_language="en")
    Message.objects.create(session_id=speaker.session_id, by=ana, audience="both", count=0, texts={"en": AGREED[5]})
    cancel_session(speaker.session_id, by=ana, telling=Telling(notes={"en": AGREED[4]}))
    kind = ContentType.objects.get_for_model(Organisation)
    LogEntry.objects.create(
        user=ana, content_type=kind, object_id="1", object_repr="board", action_flag=CHANGE,
        change_message=mark("what she did behind the scenes"),
    )  # fmt: skip


def _moderated(ana: Member, cai: Member, dee: Member, mark: Writer) -> None:
    thread = make_thread(Forum.objects.get(slug="streets"), cai)
    decision = decided(make_report(make_post(thread, ana), by=cai).item, "silence", by=dee, reason=AGREED[3], days=1)
    post = Post.objects.get(pk=decision.target_id)
    appeal(decision, post, kind=PORTS.moderated["post"], by=ana, message=mark("asked again"))
    ana.refresh_from_db()
    lift_silence(ana, by=dee, reason="Enough.")
    ana.refresh_from_db()
    make_report(make_post(thread, cai), by=ana, note=mark("note of a report"))


def _waiting(ana: Member, mark: Writer) -> None:
    fact = Fact.objects.order_by("pk").first()
    Delivery.objects.create(fact=fact, listener="x", lane="world", parked_at=timezone.now(), recipient_id=ana.pk)


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
    for token in ("first", "second"):
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
