"""Every invented session takes registrations, and some members come to the next ones."""

from django.contrib.auth.models import AnonymousUser

from community.demo.reading import toml
from community.facts.actions import action
from community.members.models import Member
from webinars.actions import open_registration, register
from webinars.models import Registration, Session
from webinars.queries import upcoming


@action
def load_attendance(members: dict[str, Member]) -> None:
    for session in Session.objects.filter(is_invented=True):
        open_registration(session.pk)
    for session, plan in zip(
        upcoming(AnonymousUser()).filter(is_invented=True), toml("attending")["sessions"], strict=False
    ):
        open_registration(session.pk, capacity=plan.get("seats"))
        for handle in plan["comes"]:
            register(session.pk, by=members[handle])


def begin_anew(session: Session) -> None:
    """Inside an action. It comes round once more, and whoever came last time has been."""
    Registration.objects.filter(session=session).delete()
