"""How notices about exchanges read. Each speaks of one exchange."""

from collections.abc import Callable, Iterable
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from community.following.ports import Card
from community.following.queries import watched_by
from community.members.models import Member
from community.notifications.ports import NoticeKind, Shown, tells
from forums.choices import PartyRole, Stage
from forums.followed import EXCHANGE
from forums.models import Exchange, Party
from forums.notices import cause_of
from forums.queries.exchanges.one import outcomes_waiting_for
from forums.rules.exchanges import SETTLED, seeable_exchanges
from forums.rules.seeing import TAKING_PART
from i18n.languages import DEFAULT
from i18n.texts import said
from i18n.times import meeting_in_words


def _invited(exchange: Exchange) -> str:
    return pgettext("notice", "%(city)s asks for help, and your city may know how: “%(title)s”") % _names(exchange)


def _matched(exchange: Exchange) -> str:
    return pgettext("notice", "The cities are matched in “%(title)s”. Next they meet.") % _names(exchange)


def _unmatched(exchange: Exchange) -> str:
    text = pgettext("notice", "%(city)s goes on with other cities in “%(title)s”. It thanks yours for responding.")
    return text % _names(exchange)


def _meeting(exchange: Exchange) -> str:
    if exchange.meeting_at is None:
        return pgettext("notice", "A meeting is set in “%(title)s”.") % _names(exchange)
    when = meeting_in_words(exchange.meeting_at)
    return pgettext("notice", "A meeting is set in “%(title)s”: %(when)s.") % (_names(exchange) | {"when": when})


def _met(exchange: Exchange) -> str:
    return pgettext("notice", "The cities have met in “%(title)s”. Next they write what came of it.") % _names(exchange)


def _drafted(exchange: Exchange) -> str:
    return pgettext("notice", "The outcome of “%(title)s” is written. Does your city agree?") % _names(exchange)


def _published(exchange: Exchange) -> str:
    return pgettext("notice", "The outcome of “%(title)s” is published.") % _names(exchange)


def _silent(exchange: Exchange) -> str:
    return pgettext("notice", "It is your city's turn in “%(title)s”.") % _names(exchange)


def _left(party: Party) -> str:
    if party.left_as == PartyRole.INVITED:
        text = pgettext("notice", "%(city)s cannot help with “%(title)s”.")
    elif party.exchange.stage == Stage.ASKED and party.left_in != Stage.ASKED:
        text = pgettext("notice", "%(city)s has left “%(title)s”, which takes responses again.")
    else:
        text = pgettext("notice", "%(city)s has left “%(title)s”.")
    return text % _names_of(party)


def _returned(party: Party) -> str:
    return pgettext("notice", "%(city)s is in “%(title)s” again.") % _names_of(party)


def _concluded(exchange: Exchange) -> str:
    return pgettext("notice", "What came of “%(title)s” is published.") % {"title": exchange.title}


def _reopened(exchange: Exchange) -> str:
    return pgettext("notice", "“%(title)s” takes responses again.") % {"title": exchange.title}


def _names_of(party: Party) -> dict[str, str]:
    city = said(party.city, "name", get_language() or DEFAULT).text
    return {"city": city, "title": party.exchange.title}


def _names(exchange: Exchange) -> dict[str, str]:
    city = said(exchange.city, "name", get_language() or DEFAULT).text
    return {"city": city, "title": exchange.title}


def _kind(
    name: str,
    text: Callable[[Exchange], str],
    roles: Iterable[PartyRole],
    *stages: Stage,
    waits: bool = False,
    is_state: bool = False,
) -> NoticeKind:
    """Params: roles, how her city has to stand in it for the notice to be for her; stages, in which it is true;
    waits, it is true for as long as an outcome waits for her city to agree; is_state, only the last one stands."""

    def shown(viewer: Member, exchange_ids: Iterable[int]) -> dict[int, Shown]:
        here = Party.objects.filter(exchange=OuterRef("pk"), city_id=viewer.speaks_for_id or 0, role__in=roles)
        seen = seeable_exchanges(viewer).filter(Exists(here), pk__in=exchange_ids, hidden_at=None)
        seen = seen.filter(stage__in=stages) if stages else seen
        seen = seen.filter(outcome__in=outcomes_waiting_for(viewer)) if waits else seen
        return {
            each.pk: Shown(text=text(each), url=reverse("forums:exchange", args=[each.pk, each.slug]))
            for each in seen.select_related("city")
        }

    return tells(NoticeKind(f"exchange-{name}", shown, is_state))


def _of_city(name: str, text: Callable[[Party], str], parties: Q) -> NoticeKind:
    """About a city in an exchange, for those who go on with it. Params: parties, of which it is true."""

    def shown(viewer: Member, party_ids: Iterable[int]) -> dict[int, Shown]:
        here = Party.objects.filter(exchange=OuterRef("exchange_id"), city_id=viewer.speaks_for_id or 0)
        asking, settled = Exists(here.filter(role=PartyRole.ASKING)), Exists(here.filter(role__in=SETTLED))
        hers = Q(asking) | Q(settled, left_as=PartyRole.MATCHED) | Q(city_id=viewer.speaks_for_id or 0)
        seen = seeable_exchanges(viewer).filter(hidden_at=None, withdrawn_at=None)
        told = Party.objects.filter(parties, hers, pk__in=party_ids, exchange__in=seen.values("pk"))
        return {
            each.pk: Shown(text=text(each), url=reverse("forums:exchange", args=[each.exchange_id, each.exchange.slug]))
            for each in told.select_related("city", "exchange")
        }

    return tells(NoticeKind(f"exchange-{name}", shown))


def _of_card(
    name: str, text: Callable[[Exchange], str], page: str, *, is_state: bool = False, **still: Any
) -> NoticeKind:
    """For those who watch a request from outside: it says nothing that its card does not.

    Params: page, name of the address it leads to; still, what must hold of the request for the notice to be true.
    """

    def shown(viewer: Member, exchange_ids: Iterable[int]) -> dict[int, Shown]:
        seen = list(seeable_exchanges(viewer).filter(pk__in=exchange_ids, hidden_at=None, withdrawn_at=None, **still))
        watched = watched_by(viewer, EXCHANGE.kind, [each.pk for each in seen])
        return {each.pk: _shown_of_card(each, text, page, is_watched=each.pk in watched) for each in seen}

    return tells(NoticeKind(f"exchange-{name}", shown, is_state))


def _shown_of_card(exchange: Exchange, text: Callable[[Exchange], str], page: str, *, is_watched: bool) -> Shown:
    args = [exchange.pk, exchange.outcome_slug if page == "forums:outcome" else exchange.slug]
    card = Card(exchange.title, reverse("forums:exchange", args=args))
    cause = cause_of(EXCHANGE.kind, card) if is_watched else None
    return Shown(text=text(exchange), url=reverse(page, args=args), cause=cause)


EXCHANGE_LEFT = _of_city("left", _left, Q(role=PartyRole.LEFT))
EXCHANGE_RETURNED = _of_city("returned", _returned, ~Q(role=PartyRole.LEFT) & ~Q(left_as=""))
EXCHANGE_INVITED = _kind("invited", _invited, [PartyRole.INVITED, *TAKING_PART])
EXCHANGE_MATCHED = _kind("matched", _matched, SETTLED, Stage.MATCHED, Stage.MET, Stage.OUTCOME)
EXCHANGE_UNMATCHED = _kind("unmatched", _unmatched, [PartyRole.UNMATCHED])
EXCHANGE_MEETING = _kind("meeting", _meeting, SETTLED, Stage.MATCHED, Stage.MET, Stage.OUTCOME, is_state=True)
EXCHANGE_MET = _kind("met", _met, SETTLED, Stage.MET, Stage.OUTCOME)
EXCHANGE_DRAFTED = _kind("drafted", _drafted, SETTLED, waits=True, is_state=True)
EXCHANGE_PUBLISHED = _kind("published", _published, SETTLED, Stage.OUTCOME)
EXCHANGE_SILENT = _kind("silent", _silent, [PartyRole.INVITED, *TAKING_PART])
CARD_CONCLUDED = _of_card(
    "concluded",
    _concluded,
    "forums:outcome",
    outcome__published_at__isnull=False,
    outcome__withdrawn_at=None,
)
CARD_REOPENED = _of_card("reopened", _reopened, "forums:exchange", is_state=True, stage=Stage.ASKED)
OF_EXCHANGES = [
    EXCHANGE_INVITED,
    EXCHANGE_MATCHED,
    EXCHANGE_UNMATCHED,
    EXCHANGE_MEETING,
    EXCHANGE_MET,
    EXCHANGE_DRAFTED,
    EXCHANGE_PUBLISHED,
    EXCHANGE_SILENT,
    CARD_CONCLUDED,
    CARD_REOPENED,
]
OF_CITIES = [EXCHANGE_LEFT, EXCHANGE_RETURNED]
