"""How notices about exchanges read. Each speaks of one exchange."""

from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef
from django.urls import reverse
from django.utils.translation import get_language, pgettext

from community.members.models import Member
from community.notifications.ports import NoticeKind, Shown, tells
from forums.choices import PartyRole, Stage
from forums.models import Exchange, Party
from forums.rules.exchanges import SETTLED, seeable_exchanges
from forums.rules.seeing import TAKING_PART
from i18n.languages import DEFAULT
from i18n.texts import said


def _invited(exchange: Exchange) -> str:
    return pgettext("notice", "%(city)s asks for help, and your city may know how: “%(title)s”") % _names(exchange)


def _matched(exchange: Exchange) -> str:
    return pgettext("notice", "The cities are matched in “%(title)s”. Next they meet.") % _names(exchange)


def _unmatched(exchange: Exchange) -> str:
    text = pgettext("notice", "%(city)s goes on with other cities in “%(title)s”. It thanks yours for responding.")
    return text % _names(exchange)


def _meeting(exchange: Exchange) -> str:
    return pgettext("notice", "A meeting is set in “%(title)s”.") % _names(exchange)


def _met(exchange: Exchange) -> str:
    return pgettext("notice", "The cities have met in “%(title)s”. Next they write what came of it.") % _names(exchange)


def _drafted(exchange: Exchange) -> str:
    return pgettext("notice", "The outcome of “%(title)s” is written. Does your city agree?") % _names(exchange)


def _published(exchange: Exchange) -> str:
    return pgettext("notice", "The outcome of “%(title)s” is published.") % _names(exchange)


def _silent(exchange: Exchange) -> str:
    return pgettext("notice", "It is your city's turn in “%(title)s”.") % _names(exchange)


def _names(exchange: Exchange) -> dict[str, str]:
    city = said(exchange.city, "name", get_language() or DEFAULT).text
    return {"city": city, "title": exchange.title}


def _kind(name: str, text: Callable[[Exchange], str], roles: Iterable[PartyRole], *stages: Stage) -> NoticeKind:
    """Params: roles, how her city has to stand in it for the notice to be for her; stages, in which it is true."""

    def shown(viewer: Member, exchange_ids: Iterable[int]) -> dict[int, Shown]:
        here = Party.objects.filter(exchange=OuterRef("pk"), city_id=viewer.speaks_for_id or 0, role__in=roles)
        seen = seeable_exchanges(viewer).filter(Exists(here), pk__in=exchange_ids, hidden_at=None)
        seen = seen.filter(stage__in=stages) if stages else seen
        return {
            each.pk: Shown(text=text(each), url=reverse("forums:exchange", args=[each.pk, each.slug]))
            for each in seen.select_related("city")
        }

    return tells(NoticeKind(f"exchange-{name}", shown))


EXCHANGE_INVITED = _kind("invited", _invited, [PartyRole.INVITED, *TAKING_PART])
EXCHANGE_MATCHED = _kind("matched", _matched, SETTLED, Stage.MATCHED, Stage.MET, Stage.OUTCOME)
EXCHANGE_UNMATCHED = _kind("unmatched", _unmatched, [PartyRole.UNMATCHED])
EXCHANGE_MEETING = _kind("meeting", _meeting, SETTLED, Stage.MATCHED, Stage.MET, Stage.OUTCOME)
EXCHANGE_MET = _kind("met", _met, SETTLED, Stage.MET, Stage.OUTCOME)
EXCHANGE_DRAFTED = _kind("drafted", _drafted, SETTLED, Stage.MET, Stage.OUTCOME)
EXCHANGE_PUBLISHED = _kind("published", _published, SETTLED, Stage.OUTCOME)
EXCHANGE_SILENT = _kind("silent", _silent, [PartyRole.INVITED, *TAKING_PART])
OF_EXCHANGES = [
    EXCHANGE_INVITED,
    EXCHANGE_MATCHED,
    EXCHANGE_UNMATCHED,
    EXCHANGE_MEETING,
    EXCHANGE_MET,
    EXCHANGE_DRAFTED,
    EXCHANGE_PUBLISHED,
    EXCHANGE_SILENT,
]
