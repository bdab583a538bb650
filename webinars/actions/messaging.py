"""Organisers write to those who come to a session. One delivery each."""

from django.db import IntegrityError, transaction

from community.facts.actions import action, record
from community.mail.queries import refused_addresses
from community.members.models import Member
from community.members.rulings import insist
from forums.actions.writing import token_in
from webinars import letters
from webinars.attendees import attendee_of
from webinars.facts import MessageToSend, MessageWritten
from webinars.models import Audience, Message, Registration, Session
from webinars.plans import Texts
from webinars.queries.recipients import STATES, recipients_of
from webinars.rules import can_write_to_attendees


@action
def write_message(
    session: Session, *, audience: Audience, subjects: Texts, texts: Texts, by: Member, token: str = ""
) -> Message:
    """To all who come, or wait, as it says. Raises: NotAllowed. Records: MessageWritten.

    Params: token, the client's name for this submission: the same again returns what it made first, and sends nothing.
    """
    insist(can_write_to_attendees(by, session))
    token = token_in(f"message:{by.pk}", token) if token else ""
    if token and (made := Message.objects.filter(token=token).first()):
        return made
    count = recipients_of(session, STATES[audience], without=refused_addresses()).count
    said = {"subjects": dict(subjects), "texts": dict(texts)}
    try:
        with transaction.atomic():
            message = Message.objects.create(
                session=session, audience=audience, count=count, by=by, token=token, **said
            )
    except IntegrityError:  # sent twice at once
        return Message.objects.get(token=token)
    record(MessageWritten(message.pk, session.pk), actor_id=by.pk)
    return message


@action
def address_message(message_id: int) -> None:
    """One fact each, and so one delivery: a bad address stops nobody else's mail. Records: MessageToSend."""
    message = Message.objects.filter(pk=message_id).first()
    if message is None:
        return
    coming = Registration.objects.filter(session=message.session_id, state__in=STATES[Audience(message.audience)])
    for registration_id in coming.order_by("pk").values_list("pk", flat=True):
        record(MessageToSend(registration_id, message.session_id, message.pk))


@action
def send_message(registration_id: int, *, message_id: int) -> None:
    """Not who has cancelled meanwhile, is suspended, or at an address that refuses our mail."""
    message = Message.objects.filter(pk=message_id).first()
    registration = Registration.objects.select_related("session__series", "member").filter(pk=registration_id).first()
    if message is None or registration is None or registration.state not in STATES[Audience(message.audience)]:
        return
    attendee = attendee_of(registration)
    if attendee is None or attendee.email in refused_addresses():
        return
    letters.write_to(registration, letters.message(message.subjects), notes=[message.texts])
