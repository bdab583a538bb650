"""How notices about moderation, members and searches read: those floors below cannot say them themselves."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language, pgettext

from community.members.choices import Trust
from community.members.models import Member
from community.members.rules import can_see_colleagues
from community.moderation.choices import SanctionKind, State
from community.moderation.models import Appeal, Report, Sanction
from community.notifications.ports import NoticeKind, Shown, tells
from community.search.models import SavedSearch
from i18n.languages import DEFAULT
from i18n.texts import said
from i18n.times import moment_in_words


def _standing_address() -> str:
    return reverse("moderation:standing")


def reports_decided(viewer: Member, ids: Iterable[int]) -> dict[int, Shown]:
    """Kindly, and without what was decided: that is between moderators and whoever wrote it."""
    words = pgettext("notice", "Thank you for your report: moderators have looked at it and decided.")
    found = Report.objects.filter(pk__in=ids, reporter=viewer, item__state=State.DECIDED)
    return {each.pk: Shown(text=words, url=reverse("moderation:reported", args=[each.pk])) for each in found}


def appeals_decided(viewer: Member, ids: Iterable[int]) -> dict[int, Shown]:
    words = pgettext("notice", "Moderators have read your message and decided. You read here what holds now.")
    found = Appeal.objects.filter(pk__in=ids, author=viewer, item__state=State.DECIDED)
    return {each.pk: Shown(text=words, url=_standing_address()) for each in found}


def sanctions(viewer: Member, ids: Iterable[int]) -> dict[int, Shown]:
    found = Sanction.objects.filter(pk__in=ids, member=viewer).select_related("decision")
    return {each.pk: Shown(text=_sanction(each), url=_standing_address()) for each in found}


def _sanction(sanction: Sanction) -> str:
    if sanction.kind == SanctionKind.SILENCE and sanction.until:
        words = pgettext("notice", "Moderators have paused your writing until %(until)s. Their reason: %(reason)s")
        return words % {"until": moment_in_words(sanction.until), "reason": sanction.decision.reason}
    return pgettext("notice", "A warning from the moderators: %(reason)s") % {"reason": sanction.decision.reason}


def levels_reached(viewer: Member, levels: Iterable[int]) -> dict[int, Shown]:
    return {level: Shown(text=_reached(level), url=_standing_address()) for level in levels if level <= viewer.trust}


def _reached(level: int) -> str:
    if level == Trust.TRUSTED:
        return pgettext("notice", "You are a trusted member now. Thank you for all that you read, answer and share.")
    if level == Trust.REGULAR:
        return pgettext("notice", "You have become a regular here: others find helpful what you write. Thank you.")
    return pgettext("notice", "You are no longer new here. You can now link, mention and open threads without limits.")


def levels_fallen(viewer: Member, levels: Iterable[int]) -> dict[int, Shown]:
    words = pgettext("notice", "After what moderators decided, your level is now “%(level)s”. It can grow again.")
    return {
        level: Shown(text=words % {"level": Trust(level).label}, url=_standing_address())
        for level in levels
        if level in Trust.values
    }


def colleagues_waiting(viewer: Member, member_ids: Iterable[int]) -> dict[int, Shown]:
    """To who can say whether they work there."""
    waiting = Member.objects.filter(pk__in=member_ids, is_active=True, city__isnull=False, city_confirmed_at=None)
    return {
        each.pk: Shown(text=_waits(each), url=reverse("members:colleagues", args=[each.city.slug]))
        for each in waiting.select_related("city")
        if each.city and can_see_colleagues(viewer, each.city_id)
    }


def _waits(member: Member) -> str:
    return pgettext("notice", "%(name)s says: “I work for %(city)s.” Is that so?") % _names(member)


def confirmed(viewer: Member, member_ids: Iterable[int]) -> dict[int, Shown]:
    if viewer.pk not in member_ids or viewer.city is None or viewer.city_confirmed_at is None:
        return {}
    words = pgettext("notice", "It is confirmed that you work for %(city)s. You can now speak for it in exchanges.")
    return {viewer.pk: Shown(text=words % _names(viewer), url=reverse("members:city", args=[viewer.city.slug]))}


def searches_that_fit(viewer: Member, ids: Iterable[int]) -> dict[int, Shown]:
    """Hers that she has saved still. However often something was new, it is one line."""
    words = pgettext("notice", "Something new fits your search “%(words)s”.")
    found = SavedSearch.objects.filter(pk__in=ids, member=viewer)
    return {each.pk: _fitting(words % {"words": each.words}, each) for each in found}


def _fitting(text: str, saved: SavedSearch) -> Shown:
    return Shown(text=text, url=f"{reverse('search:index')}?{saved.query}&sort=newest", many=lambda count: text)


def _names(member: Member) -> dict[str, str]:
    city = said(member.city, "name", get_language() or DEFAULT).text if member.city else ""
    return {"name": member.name, "city": city}


REPORT_DECIDED = tells(NoticeKind("report-decided", reports_decided))
APPEAL_DECIDED = tells(NoticeKind("appeal-decided", appeals_decided))
SANCTION = tells(NoticeKind("sanction", sanctions))
LEVEL_REACHED = tells(NoticeKind("level-reached", levels_reached))
COLLEAGUE_WAITS = tells(NoticeKind("colleague-waits", colleagues_waiting))
CONFIRMED = tells(NoticeKind("affiliation-confirmed", confirmed))
SEARCH_FITS = tells(NoticeKind("search-fits", searches_that_fit))
LEVEL_FALLEN = tells(NoticeKind("level-fallen", levels_fallen))
