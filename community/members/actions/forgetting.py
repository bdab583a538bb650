"""What is left of a member in rows that are not hers alone. Called while she is erased."""

from collections.abc import Iterator

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef

from community.facts.actions import action
from community.members.models import Member, Organisation
from community.personal.ports import Person


def sessions_of(member_id: int) -> list[str]:
    """Keys of her sessions. A session tells whose it is only once it is read, so all are."""
    return list(_keys(member_id))


def _keys(member_id: int) -> Iterator[str]:
    for session in Session.objects.iterator(chunk_size=500):
        if session.get_decoded().get("_auth_user_id") == str(member_id):
            yield session.session_key


@action
def end_sessions(person: Person) -> None:
    """Delete her sessions, with what was typed or told in them."""
    Session.objects.filter(pk__in=sessions_of(person.id)).delete()


@action
def forget_organisation(person: Person) -> None:
    """Delete the organisation that nobody but her names and nobody cares for."""
    others = Member.objects.filter(organisation=OuterRef("pk")).exclude(pk=person.id)
    Organisation.objects.filter(~Exists(others), members=person.id, website="").delete()


@action
def forget_in_admin_log(person: Person) -> None:
    """The admin's log repeats what a changed thing was called."""
    kind = ContentType.objects.get_for_model(Member)
    about_her = LogEntry.objects.filter(content_type=kind, object_id=str(person.id))
    about_her.update(object_repr="", change_message="")
    for word in (*person.emails, person.handle, person.name):
        LogEntry.objects.filter(object_repr__icontains=word).update(object_repr="")
