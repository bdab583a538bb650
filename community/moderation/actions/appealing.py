"""Asking that somebody looks again."""

from typing import Any

from django.db import IntegrityError, transaction

from community.facts.actions import action, record
from community.members.models import Member
from community.members.rulings import insist
from community.moderation.actions.items import change_item, open_item, rescope_item, streams_of
from community.moderation.choices import SITE_WIDE, Cause
from community.moderation.facts import Appealed
from community.moderation.models import Appeal, Decision
from community.moderation.ports import SITE, Moderated
from community.moderation.rules import can_appeal


class AlreadyAppealed(Exception):
    """The same message was sent twice at once."""


@action
def appeal(decision: Decision, thing: Any, *, kind: Moderated, by: Member, message: str) -> Appeal:
    """One message a decision. It opens the matter again; what holds on the whole site, before its moderators.

    Raises: NotAllowed; AlreadyAppealed. Records: Appealed; ReviewItemMoved.
    """
    insist(can_appeal(by, decision))
    item = open_item(kind, thing, cause=Cause.APPEAL)
    try:
        with transaction.atomic():
            made = Appeal.objects.create(decision=decision, item=item, author=by, message=message)
    except IntegrityError as error:
        raise AlreadyAppealed from error
    change_item(item, cause=Cause.APPEAL)
    if decision.deed in SITE_WIDE and item.scope != SITE:
        rescope_item(item, to=SITE)
    record(Appealed(made.pk, decision.pk), streams=streams_of(item), actor_id=by.pk)
    return made
