"""Who speaks in a session, in which room, interpreted into what. Called inside the actions that change it."""

from dataclasses import replace
from secrets import token_urlsafe

from community.files.actions.dropping import drop_files_of
from webinars.choices import SPEAKERS
from webinars.models import Channel, Room, Session, Speaker
from webinars.plans import ChannelPlan, RoomPlan, SessionPlan, SpeakerPlan

ROOM_NAME_BYTES = 24


def let_speak(session: Session, plan: SessionPlan) -> None:
    """In this order, and nobody else. Who spoke before keeps her row: her link and what she wrote stand in it."""
    left = {each.pk: each for each in Speaker.objects.filter(session=session)}
    named = [left.pop(each.speaker_id or 0, None) for each in plan.speakers]
    rows = [row or _same_in(left, each) for row, each in zip(named, plan.speakers, strict=True)]
    for speaker_id in left:
        drop_files_of(SPEAKERS, speaker_id)
    Speaker.objects.filter(pk__in=left).delete()
    for position, (row, each) in enumerate(zip(rows, plan.speakers, strict=True), start=1):
        said = {"role": each.role, "name": each.name, "city_id": each.city_id, "place": each.place}
        said |= {"talk_title": each.talk_title, "slides": each.slides}
        if row is None:
            Speaker.objects.create(session=session, position=position, told_version=session.version, **said)
        else:
            version = row.version + (_spoken(row) != each)
            Speaker.objects.filter(pk=row.pk).update(position=position, version=version, **said)


def _same_in(left: dict[int, Speaker], plan: SpeakerPlan) -> Speaker | None:
    """Who is said to be the same, whatever her talk, taken out: a plan that names no rows."""
    found = next((pk for pk, row in left.items() if plan.speaker_id is None and _is_same(row, plan)), None)
    return left.pop(found) if found is not None else None


def _is_same(row: Speaker, plan: SpeakerPlan) -> bool:
    return replace(_spoken(row), talk_title=plan.talk_title, slides=plan.slides) == plan


def let_meet(session: Session, plan: RoomPlan | None) -> None:
    """There and nowhere else; a room on the site keeps its name, whatever link came between."""
    if plan is None:
        Room.objects.filter(session=session).delete()
        return
    there = {"link": plan.link, "access": plan.access}
    new = there | {"name": token_urlsafe(ROOM_NAME_BYTES)}
    Room.objects.update_or_create(session=session, defaults=there, create_defaults=new)


def room_of(session: Session) -> RoomPlan | None:
    room = Room.objects.filter(session=session).first()
    return RoomPlan(room.link, room.access) if room else None


def let_interpret(session: Session, channels: tuple[ChannelPlan, ...]) -> None:
    """Into these languages, and no other."""
    session.channels.exclude(language__in=languages_of(channels)).delete()
    for each in channels:
        Channel.objects.update_or_create(session=session, language=each.language, defaults={"link": each.link})


def languages_of(channels: tuple[ChannelPlan, ...]) -> list[str]:
    return [each.language for each in channels]


def channels_of(session: Session) -> set[ChannelPlan]:
    return {ChannelPlan(each.language, each.link) for each in session.channels.all()}


def speakers_of(session: Session) -> list[SpeakerPlan]:
    return [_spoken(each) for each in session.speakers.all()]


def _spoken(speaker: Speaker) -> SpeakerPlan:
    return SpeakerPlan(speaker.role, speaker.place, speaker.city_id, speaker.name, speaker.talk_title, speaker.slides)
