"""Asking: what this reader may find, as the database has it just now."""

import logging
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import islice

from django.db.models import QuerySet, TextField, Value
from django.db.models.functions import Cast
from django.utils.safestring import SafeString

from community.facts.listeners import INDEX, fact_name
from community.facts.models import Fact
from community.members.rulings import Viewer
from community.search.documents import FINDABLE, HIDES, SUGGESTS, Findable, Found, Suggested, keys_told, split
from community.search.engine import FIRST_KIND, EngineUnavailable, Facet, Hit, Kind, SearchRequest, SearchResult, Sort
from community.search.engines import engine
from community.search.forms import KIND
from community.search.highlighting import first_mark, marked, passage
from community.search.meaning import is_there, mixed, nearest
from community.search.models import Generation, Standing, Synonym
from community.search.synonyms import synonyms_with
from community.search.words import LONGEST_QUESTION, Question, asked

log = logging.getLogger(__name__)
MOST_WAITING = 1_000  # keys
FALLBACK_EACH = 7  # of each kind, where the database answers
MOMENTS = 5  # of one thread or recording


@dataclass(frozen=True)
class Shown:
    """One line of the answer: the best of its group, and the others of it. Params: is_near, as of a Hit."""

    found: Found
    title: SafeString
    passage: SafeString
    more: Sequence["Shown"] = ()
    is_near: bool = False

    @property
    def kind(self) -> str:
        return str(dict(KIND)[self.found.kind])

    @property
    def is_recording(self) -> bool:
        return self.found.kind is Kind.RECORDING


@dataclass(frozen=True)
class Answers:
    """Params: near, how many of the lines have the meaning and not the words; is_plain, the engine did not answer
    and the database did, by titles alone.
    """

    shown: Sequence[Shown]
    total: int
    near: int = 0
    is_total_exact: bool = True
    is_partial: bool = False
    is_plain: bool = False
    is_cut: bool = False
    facets: Mapping[Facet, Mapping[str, int]] = field(default_factory=dict)


def search(viewer: Viewer, request: SearchRequest, *, by_meaning: bool = False) -> Answers:
    """Params: request, whose audiences and keys left out are filled in here, whatever stands there; by_meaning, also
    what has the meaning and not the words, where the extra for that is installed.

    Every hit is read again through its room's rule. What the index has and the reader may not see, or not any more,
    is neither shown nor counted.
    """
    try:
        name, request = asked_by(viewer, request)  # the name once: another may answer from the next moment on
        result = engine().search(name, request)
        if not result.total and len(request.question.terms) > 1:
            result = _loosely(name, request)
        if by_meaning and is_there() and _has_a_meaning(request):
            result = _with_near(name, result, request)
    except EngineUnavailable as error:
        log.warning("search: the database answers: %s", error)
        return plainly(viewer, request)
    return _answers(viewer, request, result)


def _loosely(name: str, request: SearchRequest) -> SearchResult:
    """Where not even the first word is anywhere: what has the others, without those that stand nowhere."""
    question = request.question
    alone = [replace(question, terms=(term,)).written for term in question.terms[1:]]
    known = [q for q in alone if engine().search(name, replace(request, q=q, page=1, per_page=1, facets=())).total]
    looser = " ".join(known)
    if not known or len(looser) > LONGEST_QUESTION:
        return SearchResult(hits=(), total=0)
    return replace(engine().search(name, replace(request, q=f"{looser} ")), is_partial=True)


def _has_a_meaning(request: SearchRequest) -> bool:
    """Words put between quotes, or to be left out, are meant as they stand; so is every other order than by worth."""
    question = request.question
    is_plain = not question.unwanted and not any(term.is_exact for term in question.terms)
    return bool(question.terms) and is_plain and request.sort is Sort.RELEVANCE and request.page == 1


def _with_near(name: str, result: SearchResult, request: SearchRequest) -> SearchResult:
    """The engine says which of the nearest this reader may find, and what narrows them: it alone knows both."""
    rank = {key: number for number, key in enumerate(nearest(request.q))}
    near = list[Hit]()
    for begin in range(0, len(rank), request.per_page):
        part = frozenset(list(rank)[begin : begin + request.per_page])
        narrowed = replace(request, q="", within=part, facets=(), hint="")
        for hit in engine().search(name, narrowed).hits:
            first, *others = sorted((hit.key, *hit.more), key=lambda key: rank[key])
            near.append(Hit(first, hit.group, tuple(others), is_near=True))
        if len(near) >= request.per_page:
            break
    best = {hit.group: hit for hit in sorted(near, key=lambda hit: -rank[hit.key])}  # of each group the nearest
    hits = mixed(result.hits, sorted(best.values(), key=lambda hit: rank[hit.key]))
    return replace(result, hits=hits, total=result.total + len(hits) - len(result.hits))


def asked_by(viewer: Viewer, request: SearchRequest) -> tuple[str, SearchRequest]:
    """The name of the index that answers, and the same request for what this reader may find and nothing else.

    Raises: EngineUnavailable where there is no index yet.
    """
    name, editors_words = _answering()
    return name, replace(
        request,
        audiences=audiences_of(viewer),
        synonyms=synonyms_with(editors_words),
        without=waiting_to_be_hidden(),
    )


def _answering() -> tuple[str, list[str]]:
    """The index that answers and the editors' synonyms: every question needs both, and asks for them at once."""
    text = TextField()
    index = Generation.objects.filter(standing=Standing.LIVE).values_list(Value(True), Cast("pk", output_field=text))
    words = Synonym.objects.values_list(Value(False), Cast("words", output_field=text))
    rows = list(index.union(words, all=True))
    pk = next((value for is_index, value in rows if is_index), None)
    if pk is None:
        raise EngineUnavailable("no index yet")
    return Generation(pk=pk).name, [value for is_index, value in rows if not is_index]


def groups_with(viewer: Viewer, words: Iterable[str], kinds: tuple[Kind, ...]) -> dict[str, list[str]]:
    """By word, a page of the groups that have it, the best first: as it stands, as a stem, with a typo, as a synonym.

    No word where no engine answers. What stands here is asked of its room's rule before it is shown.
    """
    try:
        name, request = asked_by(viewer, SearchRequest("", frozenset(), kinds=kinds))
        results = {word: engine().search(name, replace(request, q=f"{word} ")) for word in words}
    except EngineUnavailable as error:
        log.warning("search: words are looked for without it: %s", error)
        return {}
    return {word: [hit.group for hit in result.hits] for word, result in results.items()}


def suggested(viewer: Viewer, typed: str, most: int) -> list[Suggested]:
    """What rooms suggest beside what is found, of what this reader may see. Params: most, of each."""
    return [each for suggest in SUGGESTS for each in suggest(viewer, typed, most)]


def audiences_of(viewer: Viewer) -> frozenset[str]:
    """Each room's way to tell is asked once."""
    ways = dict.fromkeys(findable.audiences for findable in FINDABLE.values())
    return frozenset(audience for way in ways for audience in way(viewer))


def waiting_to_be_hidden() -> frozenset[str]:
    """Keys of what was hidden, deleted or moved and has not left the index yet."""
    waiting, parked = (_to_be_hidden(is_parked=is_parked) for is_parked in (False, True))  # an index each
    facts = waiting.union(parked, all=True)[: 2 * MOST_WAITING]
    return frozenset(islice(dict.fromkeys(keys_told(HIDES, facts)), MOST_WAITING))


def _to_be_hidden(*, is_parked: bool) -> QuerySet[Fact]:
    return Fact.objects.filter(
        name__in=[fact_name(fact_class) for fact_class in HIDES],
        delivery__lane=INDEX,
        delivery__done_at=None,
        delivery__parked_at__isnull=not is_parked,
    )


def _answers(viewer: Viewer, request: SearchRequest, result: SearchResult) -> Answers:
    question = request.question
    found = shown_to(viewer, [key for hit in result.hits for key in (hit.key, *hit.more[:MOMENTS])])
    lines, dropped = list[Shown](), 0
    for hit in result.hits:
        seen = [found[key] for key in (hit.key, *hit.more[:MOMENTS]) if key in found]
        if seen:
            lines.append(replace(_line(seen, question), is_near=hit.is_near))
        else:
            dropped += 1
    if dropped:
        log.info("search: %s hits were not for this reader any more", dropped)
    is_behind = len(request.without) >= MOST_WAITING  # more is hidden than can be left out: count nothing unseen
    return Answers(
        shown=lines,
        total=len(lines) if is_behind else result.total - dropped,
        near=sum(line.is_near for line in lines),
        is_total_exact=result.is_total_exact,
        is_partial=result.is_partial,
        is_cut=question.is_cut,
        facets={} if is_behind else result.facets,
    )


def shown_to(viewer: Viewer, keys: Iterable[str]) -> dict[str, Found]:
    return {
        f"{prefix}-{pk}": found
        for prefix, ids in split(keys).items()
        for pk, found in FINDABLE[prefix].show(viewer, ids).items()
    }


def _line(seen: list[Found], question: Question) -> Shown:
    first, *others = [_at_its_moment(found, question) for found in seen]
    return Shown(
        found=first,
        title=marked(first.title, question),
        passage=passage(first.text, question),
        more=[Shown(each, marked(each.title, question), passage(each.text, question, 120)) for each in others],
    )


def _at_its_moment(found: Found, question: Question) -> Found:
    """Of a window of speech: its address leads to the caption where the words are said."""
    mark = first_mark(found.text, question) if found.moments else None
    if mark is None:
        return found
    _, start, address = [each for each in found.moments if each[0] <= mark][-1]
    return replace(found, start=start, address=address)


def plainly(viewer: Viewer, request: SearchRequest) -> Answers:
    """The database's own answer: titles that have the words, of what the reader may see and has not filtered away."""
    question = asked(request.q[:LONGEST_QUESTION])
    lines = [
        _line([found], question)
        for prefix, findable in FINDABLE.items()
        if _is_wanted(prefix, request)
        for found in _looked(findable, viewer, request)
    ]
    if request.sort is Sort.NEWEST:
        lines.sort(key=lambda line: line.found.at.timestamp() if line.found.at else 0, reverse=True)
    else:
        lines.sort(key=lambda line: line.found.kind != FIRST_KIND)
    begin = (request.page - 1) * request.per_page
    return Answers(shown=lines[begin : begin + request.per_page], total=len(lines), is_plain=True)


def _is_wanted(prefix: str, request: SearchRequest) -> bool:
    """Posts and answers have one prefix."""
    kinds = {"post" if kind is Kind.ANSWER else kind.value for kind in request.kinds}
    return not kinds or prefix in kinds


def _looked(findable: Findable, viewer: Viewer, request: SearchRequest) -> list[Found]:
    ids = findable.look(viewer, request, FALLBACK_EACH)
    found = findable.show(viewer, ids)
    return [found[pk] for pk in ids if pk in found]
