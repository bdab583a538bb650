"""Cities can be followed. The room below cannot say so itself: it does not know this one."""

from collections.abc import Iterable

from django.urls import reverse
from django.utils.translation import get_language, pgettext_lazy

from community.following.ports import Card, Followable, can_be_followed
from community.members.models import City, Member
from i18n.languages import DEFAULT
from i18n.texts import said


def _cities(viewer: Member, city_ids: Iterable[int]) -> dict[int, Card]:
    language = get_language() or DEFAULT
    return {
        city.pk: Card(said(city, "name", language).text, reverse("members:city", args=[city.slug]))
        for city in City.objects.filter(pk__in=city_ids)
    }


CITY = can_be_followed(Followable("city", pgettext_lazy("kind of what can be followed", "City"), _cities))
