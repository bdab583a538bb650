"""Cities that fit a request, each with the reasons in words. Only what everybody may see is weighed."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

from django.contrib.contenttypes.models import ContentType
from django.db.models import Exists, Model, OuterRef
from django.db.models.functions import Coalesce
from django.utils.translation import pgettext

from community.members.choices import READ_LANGUAGES, Detail, Hazard, SeenBy
from community.members.models import City, Member
from community.members.queries.people import cities_with_officers, officers
from community.members.shown import shown_to
from community.topics.models import TaggedThing
from forums.choices import PartyRole
from forums.models import Exchange, Offer, Party
from i18n.texts import listed

NAMES = dict(READ_LANGUAGES)
MOST = 12
WEIGHT_OFFER_OF_THEME, WEIGHT_OUTCOME, WEIGHT_TAG, WEIGHT_THEME = 4, 4, 3, 2
WEIGHT_LANGUAGE, WEIGHT_HAZARD, WEIGHT_REGION = 2, 1, 1
MOST_TAGS, MOST_HAZARDS, MOST_FOLLOWERS = 3, 3, 2


@dataclass
class Suggestion:
    city: City
    score: int = 0
    reasons: list[str] = field(default_factory=list)

    def add(self, score: int, reason: str) -> None:
        self.score += score
        self.reasons.append(reason)


@dataclass(frozen=True)
class Known:
    """What is known of all cities, by their ids."""

    offers: dict[int, list[Offer]]
    offer_tags: dict[int, set[str]]
    outcomes: dict[int, list[str]]  # slugs of the themes of what was published
    outcome_tags: dict[int, set[str]]
    followers: Counter[int]  # members who follow the theme of this request
    member_tags: dict[int, set[str]]
    languages: dict[int, set[str]]


def suggested_cities(exchange: Exchange, *, most: int = MOST) -> list[Suggestion]:
    """The best first; none without somebody to tell, none that is in the exchange already, none without a reason.

    The same number of queries for three cities and for three hundred. Needs `parties`, `city` and `theme`.
    """
    inside = {party.city_id for party in exchange.parties.all()}
    first = City.priorities.through.objects.filter(city_id=OuterRef("pk"), theme_id=exchange.theme_id)
    cities = cities_with_officers().exclude(pk__in=inside).annotate(puts_it_first=Exists(first)).order_by("pk")
    tags = {tag.folded: tag.name for tag in exchange.shown_tags}
    known = _known(exchange, tags)
    found = [_weighed(city, exchange, known, tags) for city in cities]
    fitting = sorted((each for each in found if each.score > 0), key=lambda each: (-each.score, each.city.pk))
    return fitting[:most]


def _weighed(city: City, exchange: Exchange, known: Known, tags: dict[str, str]) -> Suggestion:
    suggestion = Suggestion(city)
    _weigh_offers(suggestion, exchange, known)
    if exchange.theme.slug in known.outcomes[city.pk]:
        suggestion.add(WEIGHT_OUTCOME, pgettext("why a city fits", "Published an outcome on this theme"))
    _weigh_tags(suggestion, known, tags)
    if city.puts_it_first:  # type: ignore[attr-defined]
        suggestion.add(WEIGHT_THEME, pgettext("why a city fits", "Names this theme as a priority"))
    if followers := known.followers[city.pk]:
        suggestion.add(
            WEIGHT_THEME * min(followers, MOST_FOLLOWERS), pgettext("why a city fits", "Its members follow this theme")
        )
    if not suggestion.score:  # what follows makes a fit better, and is none by itself
        return suggestion
    _weigh_hazards(suggestion, exchange)
    if shared := [code for code in exchange.spoken if code in known.languages[city.pk] | {city.language}]:
        names = listed(NAMES.get(code, code) for code in shared)
        reason = pgettext("why a city fits", "Shares a language: %(names)s") % {"names": names}
        suggestion.add(WEIGHT_LANGUAGE, reason)
    if city.region == exchange.city.region:
        suggestion.add(WEIGHT_REGION, pgettext("why a city fits", "In the same region"))
    return suggestion


def _weigh_offers(suggestion: Suggestion, exchange: Exchange, known: Known) -> None:
    for offer in known.offers[suggestion.city.pk]:
        if offer.theme_id == exchange.theme_id:
            reason = pgettext("why a city fits", "Offers: “%(title)s”") % {"title": offer.title}
            suggestion.add(WEIGHT_OFFER_OF_THEME, reason)
            return


def _weigh_tags(suggestion: Suggestion, known: Known, tags: dict[str, str]) -> None:
    borne = known.offer_tags[suggestion.city.pk] | known.outcome_tags[suggestion.city.pk]
    borne |= known.member_tags[suggestion.city.pk]
    if shared := [name for folded, name in tags.items() if folded in borne]:
        reason = pgettext("why a city fits", "Works on: %(names)s") % {"names": listed(shared)}
        suggestion.add(WEIGHT_TAG * min(len(shared), MOST_TAGS), reason)


def _weigh_hazards(suggestion: Suggestion, exchange: Exchange) -> None:
    both = set(suggestion.city.hazards) & set(exchange.city.hazards)
    if shared := [str(hazard.label) for hazard in Hazard if hazard.value in both]:
        reason = pgettext("why a city fits", "Faces the same hazards: %(names)s") % {"names": listed(shared)}
        suggestion.add(WEIGHT_HAZARD * min(len(shared), MOST_HAZARDS), reason)


def _known(exchange: Exchange, tags: Iterable[str]) -> Known:
    offers: dict[int, list[Offer]] = defaultdict(list)
    for offer in Offer.objects.filter(withdrawn_at=None, hidden_at=None).order_by("-pk"):
        offers[offer.city_id].append(offer)
    outcomes, in_outcome = _outcomes()
    people = [shown_to(SeenBy.MEMBERS, member) for member in officers().only("city", "reads", "shown")]
    open_about = {each.member.pk: each.member.city_id or 0 for each in people if Detail.INTERESTS in each.details}
    following = exchange.theme.followers.values_list("pk", flat=True)
    city_of_offer = {offer.pk: city_id for city_id, made in offers.items() for offer in made}
    languages: dict[int, set[str]] = defaultdict(set)
    for each in people:
        languages[each.member.city_id or 0].update(each.reads)
    return Known(
        offers=offers,
        offer_tags=_tags_by_city(Offer, {pk: [city_id] for pk, city_id in city_of_offer.items()}, tags),
        outcomes=outcomes,
        outcome_tags=_tags_by_city(Exchange, in_outcome, tags),
        followers=Counter(open_about[pk] for pk in following if pk in open_about),
        member_tags=_tags_by_city(Member, {pk: [city_id] for pk, city_id in open_about.items()}, tags),
        languages=languages,
    )


def _outcomes() -> tuple[dict[int, list[str]], dict[int, list[int]]]:
    """By city, the themes of what it has published with others; by exchange, those cities."""
    themes: dict[int, list[str]] = defaultdict(list)
    cities: dict[int, list[int]] = defaultdict(list)
    settled = Party.objects.filter(
        role__in=[PartyRole.ASKING, PartyRole.MATCHED],
        exchange__hidden_at=None,
        exchange__outcome__published_at__isnull=False,
        exchange__outcome__withdrawn_at=None,
    )
    for city_id, exchange_id, theme in settled.values_list("city_id", "exchange_id", "exchange__theme__slug"):
        themes[city_id].append(theme)
        cities[exchange_id].append(city_id)
    return themes, cities


def _tags_by_city(model: type[Model], cities: dict[int, list[int]], tags: Iterable[str]) -> dict[int, set[str]]:
    """Of these folded names, those that each city's things bear, by whichever word for it.

    Params: cities, ids by the ids of the things.
    """
    found: dict[int, set[str]] = defaultdict(set)
    kind = ContentType.objects.get_for_model(model)
    borne = TaggedThing.objects.filter(content_type=kind)
    named = borne.annotate(meant=Coalesce("tag__synonym_of__folded", "tag__folded")).filter(meant__in=list(tags))
    for thing_id, name in named.values_list("object_id", "meant"):
        for city_id in cities.get(thing_id, ()):
            found[city_id].add(name)
    return found
