"""One exchange, offer or outcome."""

from django.contrib.contenttypes.models import ContentType
from django.db.models import Case, Exists, OuterRef, Prefetch, Q, QuerySet, Subquery, When
from django.http import Http404

from community.members.models import City, Member
from community.members.queries.people import cities_with_officers
from community.members.rules import is_moderator
from community.members.rulings import Viewer
from community.moderation.models import Decision
from forums.choices import Audience, ForumKind, PartyRole, Stage
from forums.models import Agreement, Exchange, Forum, Offer, Outcome, Party, Post, Thread
from forums.queries.reading import with_marks
from forums.rules import is_member, seeable_forums
from forums.rules.exchanges import can_see_exchange, can_see_offer, can_see_outcome
from forums.rules.seeing import TAKING_PART, moderating_rows, remember_moderating

# Of a post, the city in whose name it was written, as `Member.speaks_for_id` says.
SPEAKS_FOR = Case(When(author__city_confirmed_at__isnull=False, then="author__city_id"))
PARTIES = Prefetch("parties", Party.objects.select_related("city").order_by("pk"))


def _with_all(exchanges: QuerySet[Exchange]) -> QuerySet[Exchange]:
    """With its parties and outcome, and who spoke last: all that says whose turn it is. Two queries."""
    spoken = Post.objects.filter(thread=OuterRef("thread_id"), hidden_at=None, deleted_at=None).order_by("-pk")
    related = exchanges.select_related("forum", "thread", "city", "asker", "theme", "outcome").prefetch_related(PARTIES)
    return related.annotate(speaker_city=Subquery(spoken.values(city=SPEAKS_FOR)[:1]))


def _with_reader(exchanges: QuerySet[Exchange], member: Member) -> QuerySet[Exchange]:
    """What its conversation will ask of this reader, asked along: whether she moderates it, and what she has read."""
    moderated = moderating_rows(member).filter(forum_id=OuterRef("forum_id"))
    mark = with_marks(Thread.objects.filter(pk=OuterRef("thread_id")), member).values("mark")  # type: ignore[misc]  # annotated elsewhere
    return exchanges.annotate(is_moderated=Exists(moderated), read_mark=Subquery(mark[:1]))


def exchange_for(viewer: Viewer, exchange_id: int) -> Exchange:
    """With its parties and all that its page shows. Raises: Http404 where there is none, or none for this viewer."""
    found = _with_all(Exchange.objects.filter(pk=exchange_id))
    exchange = (_with_reader(found, viewer) if is_member(viewer) else found).first()
    if exchange is None:
        raise Http404
    if is_member(viewer) and not is_moderator(viewer):
        remember_moderating(viewer, exchange.forum_id, moderating=exchange.is_moderated)  # type: ignore[attr-defined]  # annotated
    if not can_see_exchange(viewer, exchange):
        raise Http404
    _tell_thread(exchange)
    exchange.thread.forum, exchange.thread.read_mark = exchange.forum, getattr(exchange, "read_mark", None)
    return exchange


def _tell_thread(exchange: Exchange) -> None:
    """The rules of the conversation ask the same of the thread."""
    taking_part = (party.city_id for party in exchange.parties.all() if party.role in TAKING_PART)
    exchange.thread.taking_part = frozenset(taking_part)


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
        _tell_thread(exchange)
    return exchange


def forum_to_ask_in(viewer: Viewer, slug: str = "") -> Forum | None:
    """The forum of that name, else the first, where this viewer may ask for an exchange; None where there is none."""
    forums = seeable_forums(viewer).filter(kind=ForumKind.EXCHANGE).order_by("position", "pk")
    return (forums.filter(slug=slug) if slug else forums).first()


def outcome_of(exchange: Exchange) -> Outcome | None:
    """As those taking part see it. No query where the exchange was fetched with all."""
    return getattr(exchange, "outcome", None)


def outcomes_waiting_for(viewer: Member) -> QuerySet[Outcome]:
    """Those with a text to which her city has not agreed yet. Whether it is asked is for the caller to say."""
    agreed = Agreement.objects.filter(outcome=OuterRef("pk"), city_id=viewer.speaks_for_id or 0)
    waiting = Q(published_at=None) | Q(proposed__isnull=False)
    return Outcome.objects.filter(waiting, ~Exists(agreed), exchange__stage__in=[Stage.MET, Stage.OUTCOME])


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
