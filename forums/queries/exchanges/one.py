"""One exchange, offer or outcome."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Prefetch, Q, QuerySet
from django.http import Http404

from community.members.models import City
from community.members.queries.people import cities_with_officers
from community.members.rulings import Viewer
from community.moderation.models import Decision
from forums.choices import Audience, ForumKind, PartyRole
from forums.models import Exchange, Forum, Offer, Outcome, Party, Thread
from forums.rules import seeable_forums
from forums.rules.exchanges import can_see_exchange, can_see_offer, can_see_outcome

PARTIES = Prefetch("parties", Party.objects.select_related("city").order_by("pk"))


def _with_all(exchanges: QuerySet[Exchange]) -> QuerySet[Exchange]:
    return exchanges.select_related("forum", "thread", "city", "asker", "theme").prefetch_related(PARTIES)


def exchange_for(viewer: Viewer, exchange_id: int) -> Exchange:
    """With its parties and all that its page shows. Raises: Http404 where there is none, or none for this viewer."""
    exchange = _with_all(Exchange.objects.filter(pk=exchange_id)).first()
    if exchange is None or not can_see_exchange(viewer, exchange):
        raise Http404
    exchange.thread.forum = exchange.forum
    return exchange


def thread_id_of(exchange_id: int) -> int:
    """Of its conversation. Raises: Http404. Whether one may see either is for `exchange_for` to say."""
    thread_id = Exchange.objects.filter(pk=exchange_id).values_list("thread_id", flat=True).first()
    if thread_id is None:
        raise Http404
    return thread_id


def cities_to_invite(exchange: Exchange) -> QuerySet[City]:
    """Those with somebody to tell, that are not in it yet."""
    inside = Party.objects.filter(exchange=exchange).values("city")
    return cities_with_officers().exclude(pk__in=inside).order_by("slug")


def cities_to_match(exchange: Exchange) -> QuerySet[City]:
    """Those that have responded, also where others were chosen before."""
    responded = Party.objects.filter(exchange=exchange, role__in=[PartyRole.RESPONDED, PartyRole.UNMATCHED])
    return City.objects.filter(pk__in=responded.values("city")).order_by("slug")


def exchange_of_thread(thread: Thread) -> Exchange | None:
    """What is talked about in a thread that the reader sees; no query where it is between no cities."""
    if thread.audience != Audience.PARTIES:
        return None
    exchange = _with_all(Exchange.objects.filter(thread=thread.pk)).first()
    if exchange is not None:
        exchange.thread = thread
    return exchange


def forum_to_ask_in(viewer: Viewer, slug: str = "") -> Forum | None:
    """The forum of that name, else the first, where this viewer may ask for an exchange; None where there is none."""
    forums = seeable_forums(viewer).filter(kind=ForumKind.EXCHANGE).order_by("position", "pk")
    return (forums.filter(slug=slug) if slug else forums).first()


def outcome_of(exchange: Exchange) -> Outcome | None:
    """As those taking part see it, with who agreed."""
    outcome = Outcome.objects.filter(exchange=exchange).prefetch_related("agreements").first()
    if outcome is not None:
        outcome.exchange = exchange
    return outcome


def agreed_cities(outcome: Outcome | None) -> set[int]:
    """Ids. Needs `agreements` fetched along."""
    return {agreement.city_id for agreement in outcome.agreements.all()} if outcome else set()


def outcome_for(viewer: Viewer, exchange_id: int) -> Outcome:
    """Raises: Http404 where there is none, or none for this viewer."""
    outcomes = Outcome.objects.select_related(
        "exchange__forum", "exchange__thread", "exchange__city", "exchange__theme"
    )
    outcome = outcomes.prefetch_related(
        Prefetch("exchange__parties", Party.objects.select_related("city").order_by("pk"))
    )
    found = outcome.filter(exchange=exchange_id).first()
    if found is None or not can_see_outcome(viewer, found):
        raise Http404
    return found


def offer_for(viewer: Viewer, offer_id: int) -> Offer:
    """Raises: Http404 where there is none, or none for this viewer."""
    offer = Offer.objects.select_related("city", "theme", "author").filter(pk=offer_id).first()
    if offer is None or not can_see_offer(viewer, offer):
        raise Http404
    return offer


def decisions_on_exchange(exchange: Exchange, outcome: Outcome | None) -> QuerySet[Decision]:
    """The latest first. Params: exchange, one whose forum the reader moderates."""
    kinds = ContentType.objects.get_for_models(Exchange, Outcome)
    on_outcome = Q(target_type=kinds[Outcome], target_id=outcome.pk if outcome else 0)
    decided = Decision.objects.filter(Q(target_type=kinds[Exchange], target_id=exchange.pk) | on_outcome)
    return decided.select_related("by").order_by("-pk")
