from django.db.models import Q, QuerySet
from django.utils.translation import pgettext_lazy

from community.files.actions.dropping import drop_files_of
from community.personal.ports import By, Delete, Holding, Person, Stay, holds, holds_nothing
from webinars.actions import cancel_registration
from webinars.choices import SPEAKERS
from webinars.models import (
    ChangeNote,
    Channel,
    Former,
    Message,
    PersonalFeed,
    Proposal,
    ProposalVote,
    Registration,
    Room,
    Series,
    Session,
    Speaker,
)

TO_ATTENDEES = "Organisers wrote to those who come, in the name of all of them."
holds_nothing("The public schedule.", Series, Session, Session.priority_themes.through)
holds_nothing("What the public schedule said before a change.", Former)
holds_nothing("Links to a session and to its interpretation, for all who come.", Channel, Room)


def _entries(person: Person) -> QuerySet[Speaker]:
    return Speaker.objects.filter(link_email__in=person.emails)


def _forget_entries(person: Person) -> None:
    for speaker_id in _entries(person).order_by("pk").values_list("pk", flat=True):
        drop_files_of(SPEAKERS, speaker_id)
    blank = dict.fromkeys(("slides", "bio", "bio_language", "link_hash", "link_email", "link_language"), "")
    _entries(person).update(**blank, edited_at=None, picture=None)


def _registrations(person: Person) -> QuerySet[Registration]:
    return Registration.objects.filter(Q(member_id=person.id) | Q(email__in=person.emails))


def _free_her_seats(person: Person) -> None:
    """For whoever waits; nobody writes to who leaves."""
    for registration_id in _registrations(person).values_list("pk", flat=True):
        cancel_registration(registration_id, quietly=True)


def _proposals(person: Person) -> QuerySet[Proposal]:
    return Proposal.objects.filter(Q(member_id=person.id) | Q(member_id=None, email__in=person.emails))


def _take_her_out_of_others(person: Person) -> None:
    """Somebody else proposed that she speaks."""
    about_her = Proposal.objects.filter(speaker_email__in=person.emails)
    about_her.update(speaker_name="", speaker_role="", speaker_place="", speaker_email="", link="", city=None)


holds(
    Holding(
        Registration,
        pgettext_lazy("archive of one's data", "Sessions that you registered for, and whether you came"),
        hers=_registrations,
        erase=Delete(),
        also=("session__slug", "session__questions"),
        besides=_free_her_seats,
    ),
    Holding(
        PersonalFeed,
        pgettext_lazy("archive of one's data", "Link to your calendar"),
        hers=lambda person: PersonalFeed.objects.filter(member_id=person.id),
        erase=Delete(),
        without=("token_hash",),
    ),
    Holding(
        Speaker,
        pgettext_lazy("archive of one's data", "Sessions in which you speak, where we sent you a link"),
        hers=_entries,
        erase=By(
            _forget_entries,
            "Slides, text, picture and link go.",
            stays=dict.fromkeys(
                ("role", "name", "place", "talk_title"), "Named by organisers, as announced in public."
            ),
        ),
        also=("session__slug",),
        without=("link_hash",),
    ),
    Holding(
        Proposal,
        pgettext_lazy("archive of one's data", "Talks and speakers that you proposed"),
        hers=_proposals,
        erase=Delete(),  # a session that one became stays: it was announced
        without=("token", "decided_by"),
        besides=_take_her_out_of_others,
    ),
    Holding(
        Proposal.themes.through,
        pgettext_lazy("archive of one's data", "Themes of what you proposed"),
        hers=lambda person: Proposal.themes.through.objects.filter(proposal__in=_proposals(person).values("pk")),
        erase=Delete(),
        also=("theme__slug",),
    ),
    Holding(
        ProposalVote,
        pgettext_lazy("archive of one's data", "Your votes on proposals"),
        hers=lambda person: ProposalVote.objects.filter(organiser_id=person.id),
        erase=Delete(),
    ),
    Holding(
        ChangeNote,
        pgettext_lazy("archive of one's data", "Notes that you wrote to those who come to a session"),
        hers=lambda person: ChangeNote.objects.filter(by_id=person.id),
        erase=Stay(TO_ATTENDEES, stays={"texts": "It may be on its way to them."}),
        also=("session__slug",),
    ),
    Holding(
        Message,
        pgettext_lazy("archive of one's data", "Messages that you wrote to those who come to a session"),
        hers=lambda person: Message.objects.filter(by_id=person.id),
        erase=Stay(
            TO_ATTENDEES,
            stays={
                **dict.fromkeys(("subjects", "texts"), "Other organisers see by it what has been said already."),
                "audience": "One of three words.",
                "token": "A digest, of nobody.",
            },
        ),
        also=("session__slug",),
        without=("token",),
    ),
)
