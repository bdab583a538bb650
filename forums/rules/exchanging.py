"""Who may do what in exchanges between cities. May not see: `UNSEEN`; may see and not do: a reason."""

from django.utils.translation import pgettext_lazy

from community.members.choices import Role
from community.members.models import City
from community.members.rules import SIGN_IN, can_write, has_role, is_moderator
from community.members.rulings import YES, Ruling, Viewer, no
from forums.choices import ForumKind, PartyRole, Stage
from forums.models import Exchange, Forum, Offer, Outcome, Party
from forums.rules.doing import MODERATORS_ONLY
from forums.rules.exchanges import (
    SETTLED,
    can_see_conversation,
    can_see_exchange,
    can_see_offer,
    can_see_outcome,
    is_of_her_city,
    party_of,
    takes_part,
)
from forums.rules.seeing import UNSEEN, can_see_forum, is_member, moderates

NO_CITY = no(pgettext_lazy("why not", "Say in your profile which city you work for; it is your city that takes part."))
NOT_CONFIRMED = no(
    pgettext_lazy(
        "why not",
        "Your city has not confirmed yet that you work for it. A colleague there or a moderator does that; "
        "your own member page says how.",
    )
)
NOT_ASKER = no(pgettext_lazy("why not", "Only the person who asked, or a moderator, may do that."))
NOT_PARTY = no(pgettext_lazy("why not", "Only the cities that were matched may do that."))
CLOSED = no(pgettext_lazy("why not", "This request takes no more responses."))
TOO_LATE = no(pgettext_lazy("why not", "Its outcome is published: your city stands in it."))
HAS_NOT_LEFT = no(pgettext_lazy("why not", "This city has not left the exchange."))
GONE_ON = no(pgettext_lazy("why not", "The exchange has gone on since the city left it."))
LEAVING = [PartyRole.INVITED, PartyRole.RESPONDED, PartyRole.MATCHED, PartyRole.UNMATCHED]


# Asking, inviting, responding


def can_ask(viewer: Viewer, forum: Forum) -> Ruling:
    if not can_see_forum(viewer, forum) or forum.kind != ForumKind.EXCHANGE:
        return UNSEEN
    return _has_city(viewer)


def is_asker(viewer: Viewer, exchange: Exchange) -> bool:
    """Who asked; where she has left the city or the site, whoever works for the city. Needs `asker` fetched along."""
    if not is_member(viewer) or viewer.speaks_for_id != exchange.city_id:
        return False
    asker = exchange.asker
    has_gone = asker is None or not asker.is_active or asker.speaks_for_id != exchange.city_id
    return has_gone or viewer.pk == exchange.asker_id


def can_lead(viewer: Viewer, exchange: Exchange) -> Ruling:
    """What its asker and moderators may do: change it, invite, match."""
    if not can_see_exchange(viewer, exchange):
        return UNSEEN
    if not (writes := can_write(viewer)):
        return writes
    return YES if is_asker(viewer, exchange) or moderates(viewer, exchange.forum) else NOT_ASKER


def can_change_request(viewer: Viewer, exchange: Exchange) -> Ruling:
    if not (leads := can_lead(viewer, exchange)):
        return leads
    return YES if is_asker(viewer, exchange) and exchange.stage != Stage.OUTCOME else NOT_ASKER


def can_withdraw(viewer: Viewer, exchange: Exchange) -> Ruling:
    """Also asked before it is put back."""
    if not can_see_exchange(viewer, exchange):
        return UNSEEN
    if not (writes := can_write(viewer)):
        return writes
    if not is_asker(viewer, exchange):
        return no(pgettext_lazy("why not", "Only the person who asked may withdraw this request."))
    if exchange.stage == Stage.OUTCOME:
        return no(pgettext_lazy("why not", "Its outcome is published; a moderator can take that away."))
    return YES


def takes_responses(exchange: Exchange) -> bool:
    return exchange.stage == Stage.ASKED and exchange.withdrawn_at is None and exchange.hidden_at is None


def can_invite(viewer: Viewer, exchange: Exchange) -> Ruling:
    if not (leads := can_lead(viewer, exchange)):
        return leads
    return YES if takes_responses(exchange) else CLOSED


def can_match(viewer: Viewer, exchange: Exchange) -> Ruling:
    """Also further cities, until they have met."""
    if not (leads := can_lead(viewer, exchange)):
        return leads
    stands = exchange.withdrawn_at is None and exchange.hidden_at is None
    if not stands or exchange.stage not in (Stage.ASKED, Stage.MATCHED):
        return no(pgettext_lazy("why not", "Cities can be matched only until they have met."))
    return YES


def can_respond(viewer: Viewer, exchange: Exchange) -> Ruling:
    """Her city joins by it."""
    if not can_see_exchange(viewer, exchange):
        return UNSEEN
    if takes_part(viewer, exchange):
        return no(pgettext_lazy("why not", "Your city takes part already: write in the conversation."))
    return _has_city(viewer) if takes_responses(exchange) else CLOSED


def can_leave(viewer: Viewer, exchange: Exchange) -> Ruling:
    """Also how an invited city says no, and how one that was not matched says that it will not be."""
    if not can_see_exchange(viewer, exchange):
        return UNSEEN
    if not (writes := can_write(viewer)):
        return writes
    if takes_part(viewer, exchange, LEAVING):
        return YES if exchange.stage != Stage.OUTCOME else TOO_LATE
    return no(pgettext_lazy("why not", "Your city does not take part in this exchange."))


def can_return(viewer: Viewer, exchange: Exchange) -> Ruling:
    """Her city has left, and is again what it was."""
    if not can_see_exchange(viewer, exchange):
        return UNSEEN
    if not (writes := can_write(viewer)):
        return writes
    return _may_return(exchange, party_of(viewer, exchange))


def can_bring_back(viewer: Viewer, exchange: Exchange, city: City) -> Ruling:
    """A city that took part and left. One that said no to an invitation has said no."""
    if not (leads := can_lead(viewer, exchange)):
        return leads
    party = next((party for party in exchange.parties.all() if party.city_id == city.pk), None)
    return HAS_NOT_LEFT if party and party.left_as == PartyRole.INVITED else _may_return(exchange, party)


def _may_return(exchange: Exchange, party: Party | None) -> Ruling:
    """While the exchange stands where it stood when the city left, or is open to all again."""
    if party is None or party.role != PartyRole.LEFT:
        return HAS_NOT_LEFT
    stands = exchange.withdrawn_at is None and exchange.hidden_at is None
    return YES if stands and exchange.stage in (party.left_in, Stage.ASKED) else GONE_ON


# Meeting, outcome


def can_meet(viewer: Viewer, exchange: Exchange) -> Ruling:
    """Set when and where, and say that they have met."""
    if not (settled := _is_settled(viewer, exchange)):
        return settled
    if exchange.stage not in (Stage.MATCHED, Stage.MET):
        return no(pgettext_lazy("why not", "First the cities are matched, then they meet."))
    return YES


def can_write_outcome(viewer: Viewer, exchange: Exchange) -> Ruling:
    if not (settled := _is_settled(viewer, exchange)):
        return settled
    if exchange.stage not in (Stage.MET, Stage.OUTCOME):
        return no(pgettext_lazy("why not", "The outcome is written once the cities have met."))
    return YES


def can_agree(viewer: Viewer, outcome: Outcome) -> Ruling:
    """In the name of her city: a moderator cannot do it for another one."""
    if not (writes := can_write_outcome(viewer, outcome.exchange)):
        return writes
    return YES if takes_part(viewer, outcome.exchange, SETTLED) else NOT_PARTY


def _is_settled(viewer: Viewer, exchange: Exchange) -> Ruling:
    if not can_see_conversation(viewer, exchange):
        return UNSEEN
    if not (writes := can_write(viewer)):
        return writes
    if exchange.withdrawn_at:
        return no(pgettext_lazy("why not", "This request was withdrawn."))
    return YES if takes_part(viewer, exchange, SETTLED) or moderates(viewer, exchange.forum) else NOT_PARTY


# Offers, moderators, programme managers


def can_offer(viewer: Viewer) -> Ruling:
    return _has_city(viewer)


def can_change_offer(viewer: Viewer, offer: Offer) -> Ruling:
    """Also asked before it is withdrawn or put back."""
    if not can_see_offer(viewer, offer):
        return UNSEEN
    if not (writes := can_write(viewer)):
        return writes
    if not is_of_her_city(viewer, offer):
        return no(pgettext_lazy("why not", "Only members of the city that made this offer may change it."))
    return YES


def can_hide_offer(viewer: Viewer, offer: Offer) -> Ruling:
    return _moderators_only(viewer, can_see_offer(viewer, offer), is_moderator(viewer))


def can_hide_exchange(viewer: Viewer, exchange: Exchange) -> Ruling:
    return _moderators_only(viewer, can_see_exchange(viewer, exchange), moderates(viewer, exchange.forum))


def can_take_outcome_away(viewer: Viewer, outcome: Outcome) -> Ruling:
    seen, moderating = can_see_outcome(viewer, outcome), moderates(viewer, outcome.exchange.forum)
    return _moderators_only(viewer, seen, moderating)


def can_see_figures(viewer: Viewer) -> Ruling:
    if not is_member(viewer):
        return SIGN_IN
    if has_role(viewer, Role.ORGANISER) or is_moderator(viewer):
        return YES
    return no(pgettext_lazy("why not", "These figures are for organisers and moderators."))


def can_see_silent(viewer: Viewer) -> Ruling:
    if not is_member(viewer):
        return SIGN_IN
    return YES if is_moderator(viewer) else MODERATORS_ONLY


def _has_city(viewer: Viewer) -> Ruling:
    if not is_member(viewer):
        return SIGN_IN
    if viewer.speaks_for_id:
        return can_write(viewer)
    return NOT_CONFIRMED if viewer.city_id else NO_CITY


def _moderators_only(viewer: Viewer, seen: Ruling, moderating: bool) -> Ruling:
    if not seen:
        return seen
    if not (writes := can_write(viewer)):
        return writes
    return YES if moderating else MODERATORS_ONLY
