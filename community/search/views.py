"""The search page."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any
from urllib.parse import urlencode

from django.contrib import messages
from django.contrib.auth.decorators import login_required
from django.core.paginator import Page, Paginator
from django.db.models import F, Model, Q, QuerySet, Value
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect, JsonResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.functional import Promise
from django.utils.translation import get_language, pgettext
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from community.members.keeping import sign_in_first
from community.members.models import City, Member
from community.programmes.models import Programme
from community.search.actions import MOST_SAVED, TooManySaved, forget_search, save_search
from community.search.documents import FINDABLE, Place, place_named
from community.search.engine import MOST_PAGES, MOST_PER_PAGE, Facet, Kind, SearchRequest
from community.search.forms import KINDS, SearchForm
from community.search.missed import notice_missed
from community.search.models import LONGEST_QUERY, SavedSearch
from community.search.queries import Answers, search, suggested
from community.search.saved import query_to_save, query_without_order
from community.search.words import LONGEST_QUESTION
from community.topics.models import Tag
from i18n.languages import CODES, DEFAULT, NAMES
from i18n.texts import said
from i18n.times import day_in_words

Counted = tuple[str, str | Promise, int]  # slug, words, how many
NARROWING = ("kind", "language", "tag", "city", "programme", "from", "to", "in")
FEWEST_LETTERS = 2  # before anything is suggested
SUGGESTED, SUGGESTED_BESIDE = 6, 2  # hits; tags
VALUES = 8  # shown of each facet
NAMED: dict[Facet, tuple[type[Model], str]] = {  # whose values have names in the database, and in which column
    Facet.TAG: (Tag, "name"),
    Facet.CITY: (City, "name_{}"),
    Facet.PROGRAMME: (Programme, "title_{}"),
}
FACETS = (Facet.KIND, Facet.LANGUAGE, Facet.TAG, Facet.CITY, Facet.PROGRAMME)


@dataclass(frozen=True)
class Choice:
    """One value of a facet. Params: query, of the address with it chosen, or taken away where it is."""

    words: str | Promise
    count: int
    query: str
    is_chosen: bool


def index(request: HttpRequest) -> HttpResponse:
    """Bad values are told beside their field, and keep what was typed; a blank page asks for a word."""
    form = SearchForm(request.GET)
    if not form.is_valid():
        return render(request, "search/index.html", {"form": form, "q": request.GET.get("q", "")}, status=400)
    wanted = form.request(hint=get_language() or DEFAULT, facets=FACETS)
    is_narrowed = any(request.GET.get(name) for name in NARROWING)
    is_asked = bool(wanted.q.strip()) or is_narrowed
    answers = search(request.user, wanted, by_meaning=True) if is_asked else None
    if answers:
        notice_missed(wanted, answers)
    facets = choices(request.GET, answers) if answers else {}
    place = place_named(request.user, wanted.places[0]) if wanted.places else None
    context = {
        "form": form,
        "q": wanted.q,
        "answers": answers,
        "is_narrowed": is_narrowed,
        "widened": urlencode({"q": wanted.q}),
        "facets": facets,
        "searched": searched(form, facets, place),
        "page": page_of(answers, wanted.page) if answers else None,
        "place": place,
        "saving": _saving(request) if answers else None,
        "without_place": _without(request.GET, "in"),
        "ask": urlencode({"title": wanted.q.strip()}),
    }
    return render(request, "search/index.html", context)


@require_safe
def suggest(request: HttpRequest) -> JsonResponse:
    """`?q=…`, as it is typed: a few titles that this reader may see, as JSON `[{title, language, kind, address}]`."""
    q = "".join(char for char in request.GET.get("q", "")[:LONGEST_QUESTION] if char.isprintable())
    lines: list[dict[str, str]] = []
    if len(q.strip()) >= FEWEST_LETTERS:
        wanted = SearchRequest(q, frozenset(), hint=get_language() or DEFAULT, per_page=SUGGESTED)
        lines = [
            {
                "title": each.found.title,
                "language": each.found.title_language,
                "kind": each.kind,
                "address": each.found.address,
            }
            for each in search(request.user, wanted).shown[:SUGGESTED]
        ]
        lines += [
            {"title": each.title, "language": each.language, "kind": str(each.kind), "address": each.address}
            for each in suggested(request.user, q.strip(), SUGGESTED_BESIDE)
        ]
    response = JsonResponse({"suggestions": lines})
    response["Cache-Control"] = "private, no-store"
    return response


def _saving(request: HttpRequest) -> dict[str, object] | None:
    """Of a member: the query as it would be saved, and whether it is. One query."""
    if not isinstance(request.user, Member):
        return None
    query = query_without_order(request.GET)  # right, as the page's form has just said
    return {"query": query, "is_saved": SavedSearch.objects.filter(member=request.user, query=query).exists()}


@require_safe
@never_cache
@login_required
def saved(request: HttpRequest) -> HttpResponse:
    assert isinstance(request.user, Member)  # noqa: S101 - for the type checker only
    searches = SavedSearch.objects.filter(member=request.user).order_by("-saved_at", "-pk")
    return render(request, "search/saved.html", {"searches": searches, "most": MOST_SAVED})


@require_POST
def save(request: HttpRequest) -> HttpResponse:
    """`query`, of a search's address. Back to the search."""
    query = query_to_save(QueryDict(request.POST.get("query", "")[:LONGEST_QUERY]))
    if not query or len(query) > LONGEST_QUERY:
        raise Http404
    back = f"{reverse('search:index')}?{query}"
    if not isinstance(request.user, Member):
        return sign_in_first(request, back=back)
    try:
        save_search(request.user, query)
    except TooManySaved:
        words = pgettext("after saving a search", "You have saved %(count)s searches. Forget one of them first.")
        messages.warning(request, words % {"count": MOST_SAVED})
        return redirect("search:saved")
    messages.success(request, pgettext("after saving a search", "You will read it in your notices."))
    return HttpResponseRedirect(back)


@require_POST
@login_required
def forget(request: HttpRequest, saved_id: int) -> HttpResponse:
    """Whoever it belongs to: another's is left as it is, and nothing is said of it."""
    if isinstance(request.user, Member):
        forget_search(request.user, saved_id)
    messages.success(request, pgettext("after forgetting a saved search", "You are told of it no more."))
    return redirect("search:saved")


def page_of(answers: Answers, number: int) -> Page[int]:
    """Numbers for the pager; what stands on the page the engine has chosen."""
    return Paginator(range(min(answers.total, MOST_PAGES * MOST_PER_PAGE)), MOST_PER_PAGE).get_page(number)


def choices(asked: QueryDict, answers: Answers) -> dict[str, list[Choice]]:
    """By facet. What is chosen is always shown, so that it can be taken away. One query, or none."""
    counts = {facet: answers.facets.get(facet, {}) for facet in FACETS}
    values: dict[str, list[Counted]] = {
        Facet.KIND: [(kind.value, words, counts[Facet.KIND].get(kind.value, 0)) for kind, words in KINDS],
        Facet.LANGUAGE: [(code, NAMES[code], counts[Facet.LANGUAGE].get(code, 0)) for code in CODES],
        Facet.TAG: [],
        Facet.CITY: [],
        Facet.PROGRAMME: [],
    }
    for facet, slug, words, pk in _named(asked, counts):
        values[facet].append((slug, words, counts[Facet(facet)].get(pk, 0)))
    for facet in NAMED:
        values[facet].sort(key=lambda value: (-value[2], str(value[1])))
    return {str(facet): _choices(asked, facet, these) for facet, these in values.items()}


def _named(asked: QueryDict, counts: Mapping[Facet, Mapping[str, int]]) -> Iterator[tuple[str, str, str, str]]:
    """The most frequent of each facet, and those chosen, of three tables at once, as (facet, slug, words, pk)."""
    language = get_language() or DEFAULT
    tags, *others = [_rows(facet, asked.getlist(facet), counts[facet]) for facet in NAMED]
    for row in tags.union(*others, all=True):
        yield row.facet, row.slug, said(row, "said", language).text, str(row.pk)


def _rows(facet: Facet, chosen: list[str], counts: Mapping[str, int]) -> QuerySet[Any, Any]:
    """Params: chosen, slugs. Named rows, which `said()` reads as it does those of the models."""
    model, column = NAMED[facet]
    most = sorted(counts, key=lambda pk: -counts[pk])[:VALUES]
    texts = {f"said_{code}": F(column.format(code)) for code in CODES}
    found: QuerySet[Any, Any] = model._default_manager.filter(Q(pk__in=most) | Q(slug__in=chosen)).order_by()
    found = found.annotate(facet=Value(facet.value), **texts)
    return found.values_list("facet", "pk", "slug", "original_language", *texts, named=True)


def searched(form: SearchForm, facets: Mapping[str, Sequence[Choice]], place: Place | None) -> list[str]:
    """In words, what was looked through: what was chosen, or where nothing was every kind that there is."""
    days = {name: form.cleaned_data[name] for name in ("since", "until") if form.cleaned_data[name]}
    chosen = [str(choice.words) for choices in facets.values() for choice in choices if choice.is_chosen]
    chosen += [place.title] if place else []
    chosen += [f"{form[name].label}: {day_in_words(day)}" for name, day in days.items()]
    return chosen or [str(words) for kind, words in KINDS if kind in FINDABLE or kind is Kind.ANSWER]


def _choices(asked: QueryDict, name: str, values: Iterable[Counted]) -> list[Choice]:
    chosen = asked.getlist(name)
    return [
        Choice(words, count, _query(asked, name, value), is_chosen=value in chosen)
        for value, words, count in values
        if count or value in chosen
    ]


def _without(asked: QueryDict, name: str) -> str:
    """The address without this value; from the first page on."""
    others = asked.copy()
    for each in (name, "page"):
        others.pop(each, None)
    return others.urlencode()


def _query(asked: QueryDict, name: str, value: str) -> str:
    """The address with this value chosen, or taken away; from the first page on."""
    others = asked.copy()
    values = others.pop(name, [])
    others.pop("page", None)
    others.setlist(name, [each for each in values if each != value] if value in values else [*values, value])
    return others.urlencode()
