from webinars.models.attendance import PersonalFeed, Registration, State
from webinars.models.proposing import Opinion, Proposal, ProposalKind, ProposalVote, Stage
from webinars.models.schedule import Channel, Room, Series, Session, Speaker
from webinars.models.telling import Audience, ChangeNote, Former, Message

__all__ = [
    "Audience",
    "ChangeNote",
    "Channel",
    "Former",
    "Message",
    "Opinion",
    "PersonalFeed",
    "Proposal",
    "ProposalKind",
    "ProposalVote",
    "Registration",
    "Room",
    "Series",
    "Session",
    "Speaker",
    "Stage",
    "State",
]
