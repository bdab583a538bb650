"""What is left of a member in rows that are not hers alone. Called while she is erased."""

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.models import Session
from django.db.models import Exists, OuterRef, QuerySet

from community.facts.actions import action
from community.members.models import Member, Organisation, SignedInPlace
from community.personal.ports import Person


def sessions_of(member_id: int) -> QuerySet[Session]:
    """A session tells whose it is only once it is read; the place in which she signed in tells it of all of hers."""
    places = SignedInPlace.objects.filter(member_id=member_id)
    return Session.objects.filter(pk__in=places.values("session_key"))


@action
def end_sessions(person: Person) -> None:
    """Delete her sessions, with what was typed or told in them, and the places that they were in."""
    sessions_of(person.id).delete()
    SignedInPlace.objects.filter(member_id=person.id).delete()


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
    called = [*person.emails, *person.handles, person.name]
    LogEntry.objects.filter(object_repr__in=called).update(object_repr="")
