"""The engine in the house: tantivy, in a directory of the data directory. For the processes of one machine.

All writing goes under one file lock, by a writer opened for the batch: handles that live long know nothing of each
other's files and leave them behind (paperless-ngx #13679). Reading takes no lock.
"""

import fcntl
import hashlib
import shutil
import threading
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any, TypeVar

from tantivy import Document as Row
from tantivy import FieldType, Index, Occur, Order, Query, SchemaBuilder, Searcher

from community.search.engine import (
    FIRST_KIND,
    MOST_TOTAL,
    SHAPE,
    Document,
    EngineUnavailable,
    Hit,
    SearchRequest,
    SearchResult,
    Sort,
)
from community.search.stems import every_stem, stems
from community.search.words import Question, Synonyms, Term, typos_allowed, words_in

LOCK_SECONDS = 30.0
HEAP_BYTES = 15_000_000  # the least that a writer takes
WHOLE, SPLIT = "raw", "whitespace"  # tokenizers
FACET_VALUES = 100
# Field → what a word there is worth as written, as a stem, and where it is only begun or has a typo.
WORTH = {"title": 8.0, "name": 4.0, "body": 1.0}
STEM_WORTH = {"title_stems": 5.0, "body_stems": 0.7}
NEARLY_WORTH = {"title": 0.5, "name": 0.3, "body": 0.1}
HINT_WORTH = 0.4
FIRST_WORTH = 1_000.0  # more than words alone are ever worth
Answer = TypeVar("Answer")


def _builder() -> SchemaBuilder:
    builder = SchemaBuilder()
    for name in ("key", "group"):
        builder.add_text_field(name, stored=True, tokenizer_name=WHOLE, index_option="basic")
    for name in ("kind", "language", "tag", "city", "programme"):
        builder.add_text_field(name, fast=True, tokenizer_name=WHOLE, index_option="basic")
    for name in ("audience", "place"):
        builder.add_text_field(name, tokenizer_name=WHOLE, index_option="basic")
    for name in ("made_at", "active_at", "votes", "group_number"):
        builder.add_integer_field(name, indexed=True, fast=True)
    builder.add_integer_field("version", stored=True)
    for name in WORTH:
        builder.add_text_field(name, tokenizer_name=SPLIT, index_option="position")
    for name in STEM_WORTH:
        builder.add_text_field(name, tokenizer_name=SPLIT, index_option="freq")
    return builder


SCHEMA = _builder().build()


class EmbeddedEngine:
    """Params: folder, of all its indexes, on a local disk."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self._readers: dict[str, tuple[tuple[int, int], Index]] = {}
        self._opening = threading.Lock()

    def ensure(self, generation: str, synonyms: Synonyms = ()) -> None:
        with self._lock():
            path = self._path(generation)
            if self._sentinel(path).exists():
                return
            shutil.rmtree(path, ignore_errors=True)
            path.mkdir(parents=True)
            _carefully(lambda: self._open(path))
            self._sentinel(path).touch()

    def apply(self, generation: str, upserts: Sequence[Document], deletes: Iterable[str]) -> str:
        gone = [*deletes, *(document.key for document in upserts)]
        if gone:
            with self._lock():
                path = self._there(generation)
                _carefully(lambda: self._write(path, gone, upserts))
        return ""

    def is_done(self, receipt: str) -> bool:
        return True

    def search(self, generation: str, request: SearchRequest) -> SearchResult:
        question = request.question
        if not request.audiences or (not question.terms and not question.is_blank):
            return SearchResult((), 0)
        return _carefully(lambda: self._search(self._searcher(generation), request, question))

    def versions(self, generation: str) -> Iterator[tuple[str, int]]:
        searcher = self._searcher(generation)
        if not searcher.num_docs:
            return
        for _score, address in searcher.search(Query.all_query(), limit=searcher.num_docs).hits:
            row = searcher.doc(address)
            yield row.get_first("key"), row.get_first("version")  # type: ignore[misc]

    def drop(self, generation: str) -> None:
        with self._lock():
            self._readers.pop(generation, None)
            shutil.rmtree(self._path(generation), ignore_errors=True)

    def is_healthy(self, generation: str) -> bool:
        self._searcher(generation)
        return True

    # --- Writing ---

    @contextmanager
    def _lock(self) -> Iterator[None]:
        """One writer at a time, whatever the process: taken for a batch, left by who dies.

        Raises: EngineUnavailable after 30 seconds.
        """
        self.folder.mkdir(parents=True, exist_ok=True)
        until = time.monotonic() + LOCK_SECONDS
        with (self.folder / "lock").open("w") as lock:
            while True:
                try:
                    fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                except BlockingIOError:
                    if time.monotonic() > until:
                        raise EngineUnavailable("another writer holds the index") from None
                    time.sleep(0.02)
                else:
                    break
            yield

    def _write(self, path: Path, gone: list[str], upserts: Sequence[Document]) -> None:
        """No `with`: a writer's own leaving commits whatever happened."""
        writer = self._open(path).writer(HEAP_BYTES, 1)
        try:
            for key in gone:
                writer.delete_documents_by_term("key", key)
            for document in upserts:
                writer.add_document(_row(document))
            writer.commit()
        except BaseException:
            writer.rollback()
            raise
        writer.wait_merging_threads()

    # --- Opening ---

    def _path(self, generation: str) -> Path:
        return self.folder / f"{generation}-{SHAPE}"

    @staticmethod
    def _sentinel(path: Path) -> Path:
        return path / "SENTINEL"

    def _there(self, generation: str) -> Path:
        """Where it was made whole: in a folder without its lists tantivy would begin an empty index, silently."""
        path = self._path(generation)
        if not self._sentinel(path).exists() or not (path / "meta.json").exists():
            raise EngineUnavailable(f"there is no index {generation}: `manage.py search rebuild` makes one")
        return path

    @staticmethod
    def _open(path: Path) -> Index:
        return Index(SCHEMA, str(path))

    def _searcher(self, generation: str) -> Searcher:
        """Of what was committed last. One handle a process, opened anew where the index was made anew."""
        path = self._there(generation)
        stat = self._sentinel(path).stat()
        made = (stat.st_ino, stat.st_mtime_ns)
        with self._opening:
            known = self._readers.get(generation)
            if known is None or known[0] != made:
                index = _carefully(lambda: self._open(path))
                index.config_reader("manual")
                known = self._readers[generation] = (made, index)
            _carefully(known[1].reload)
            return known[1].searcher()

    # --- Reading ---

    def _search(self, searcher: Searcher, request: SearchRequest, question: Question) -> SearchResult:
        """All words; where no document has them all, fewer of them, the last left out first."""
        for words in range(len(question.terms), -1, -1):
            query = _query(request, question, question.terms[:words])
            result = _grouped(searcher, query, request)
            if result.total or words <= 1:
                facets = {facet: _counts(searcher, query, facet.value) for facet in request.facets}
                return SearchResult(
                    hits=result.hits,
                    total=result.total,
                    is_total_exact=result.is_total_exact,
                    is_partial=bool(result.total) and words < len(question.terms),
                    facets=facets,
                )
        raise AssertionError("the loop ends by an answer")


def _carefully(call: Callable[[], Answer]) -> Answer:
    """Rust panics are no Exception in Python: whatever breaks in there, the house goes on without it."""
    try:
        return call()
    except (KeyboardInterrupt, SystemExit, GeneratorExit, EngineUnavailable):
        raise
    except BaseException as error:
        raise EngineUnavailable(repr(error)) from error


def _row(document: Document) -> Row:
    row = Row()
    row.add_text("key", document.key)
    row.add_text("group", document.group)
    row.add_integer("group_number", _number(document.group))
    row.add_integer("version", document.version)
    for name, values in {
        "kind": [document.kind.value],
        "language": [document.language] if document.language else [],
        "tag": document.tags,
        "city": document.cities,
        "programme": document.programmes,
        "place": document.places,
        "audience": document.audiences,
    }.items():
        for value in values:
            row.add_text(name, str(value))
    row.add_integer("made_at", document.made_at)
    row.add_integer("active_at", document.active_at)
    row.add_integer("votes", document.votes)
    row.add_text("name", " ".join(words_in(" \n ".join(document.names))))
    for name, texts in (("title", document.titles), ("body", document.bodies)):
        for language, text in texts.items():
            words = words_in(text)
            row.add_text(name, " ".join(words))
            row.add_text(f"{name}_stems", " ".join(stems(words, language or document.language)))
    return row


def _number(group: str) -> int:
    return int.from_bytes(hashlib.blake2b(group.encode(), digest_size=8).digest()) >> 1


def _query(request: SearchRequest, question: Question, terms: Sequence[Term]) -> Query:
    parts = [(Occur.Must, _term(term)) for term in terms]
    parts += [(Occur.Must, Query.const_score_query(each, 0.0)) for each in _filters(request)]
    parts += [(Occur.MustNot, _follow(field, words)) for words in question.unwanted for field in WORTH]
    if request.without:
        parts.append((Occur.MustNot, Query.term_set_query(SCHEMA, "key", sorted(request.without))))
    if request.hint and request.sort is Sort.RELEVANCE and terms:
        hinted = Query.term_query(SCHEMA, "language", request.hint, "basic")
        parts.append((Occur.Should, Query.const_score_query(hinted, HINT_WORTH)))
    if request.sort is Sort.RELEVANCE and terms:
        of_kind = Query.term_query(SCHEMA, "kind", FIRST_KIND.value, "basic")
        ahead = Query.boolean_query([(Occur.Must, each) for each in (of_kind, *map(_as_said, terms))])
        parts.append((Occur.Should, Query.const_score_query(ahead, FIRST_WORTH)))
    return Query.boolean_query(parts)


def _filters(request: SearchRequest) -> Iterator[Query]:
    for name, values in request.filters.items():
        yield Query.term_set_query(SCHEMA, name, values)
    if request.within:
        yield Query.term_set_query(SCHEMA, "key", sorted(request.within))
    if request.since is not None or request.until is not None:
        yield Query.range_query(SCHEMA, "made_at", FieldType.Integer, request.since, request.until)


def _term(term: Term) -> Query:
    """As it stands or as it is meant: the best of them counts."""
    if term.is_exact:
        return Query.disjunction_max_query(list(_phrases(term.words)))
    each = [Query.disjunction_max_query(list(_word(word, is_begun=False))) for word in term.words[:-1]]
    each.append(Query.disjunction_max_query(list(_word(term.words[-1], is_begun=term.is_begun))))
    said = each[0] if len(each) == 1 else Query.boolean_query([(Occur.Must, query) for query in each])
    return Query.disjunction_max_query([said, *(query for words in term.alike for query in _phrases(words))])


def _as_said(term: Term) -> Query:
    """The same without typos, beginnings and synonyms."""
    if term.is_exact:
        return Query.disjunction_max_query(list(_phrases(term.words)))
    stemmed = [
        Query.disjunction_max_query(
            [
                *(Query.term_query(SCHEMA, field, word) for field in WORTH),
                *(Query.term_query(SCHEMA, field, stem) for field in STEM_WORTH for stem in sorted(every_stem(word))),
            ]
        )
        for word in term.words
    ]
    return Query.boolean_query([(Occur.Must, query) for query in stemmed])


def _phrases(words: tuple[str, ...]) -> Iterator[Query]:
    for field, worth in WORTH.items():
        yield Query.boost_query(_follow(field, words), worth)


def _follow(field: str, words: tuple[str, ...]) -> Query:
    if len(words) == 1:
        return Query.term_query(SCHEMA, field, words[0])
    return Query.phrase_query(SCHEMA, field, list(words))


def _word(word: str, *, is_begun: bool) -> Iterator[Query]:
    typos = typos_allowed(word)
    for field, worth in WORTH.items():
        yield Query.boost_query(Query.term_query(SCHEMA, field, word), worth)
        if typos or is_begun:
            nearly = Query.fuzzy_term_query(SCHEMA, field, word, typos, True, is_begun)
            yield Query.const_score_query(nearly, NEARLY_WORTH[field])
    for field, worth in STEM_WORTH.items():
        for stem in sorted(every_stem(word)):
            yield Query.boost_query(Query.term_query(SCHEMA, field, stem, "freq"), worth)


def _grouped(searcher: Searcher, query: Query, request: SearchRequest) -> SearchResult:
    """A group stands where its best document does."""
    by = request.sorted_by
    order: dict[str, Any] = {"order_by_field": by, "order": Order.Desc} if by else {}
    found = searcher.search(query, limit=MOST_TOTAL + 1, count=True, **order)
    ranked = _ranked(searcher, found.hits)
    groups: dict[int, list[Any]] = {}
    for number, address in ranked:
        groups.setdefault(number, []).append(address)
    begin = (request.page - 1) * request.per_page
    shown = list(groups.values())[begin : begin + request.per_page]
    hits = [_hit(searcher, addresses) for addresses in shown]
    is_exact = len(found.hits) <= MOST_TOTAL
    return SearchResult(hits=hits, total=len(groups), is_total_exact=is_exact)


def _ranked(searcher: Searcher, hits: list[tuple[Any, Any]]) -> list[tuple[int, Any]]:
    """The group's number of each and its address; what is worth the same stands by group, on every page the same."""
    numbers = searcher.fast_field_values("group_number", [address for _worth, address in hits]) if hits else []
    both = [(worth, number, address) for (worth, address), number in zip(hits, numbers, strict=True)]
    both.sort(key=lambda each: (-each[0], each[1]))
    return [(int(number or 0), address) for _worth, number, address in both]


def _hit(searcher: Searcher, addresses: list[Any]) -> Hit:
    rows = [searcher.doc(address) for address in addresses[:10]]
    keys = [str(row.get_first("key")) for row in rows]
    return Hit(key=keys[0], group=str(rows[0].get_first("group")), more=tuple(keys[1:]))


def _counts(searcher: Searcher, query: Query, field: str) -> dict[str, int]:
    buckets = searcher.aggregate(query, {"values": {"terms": {"field": field, "size": FACET_VALUES}}})
    return {str(bucket["key"]): int(bucket["doc_count"]) for bucket in buckets["values"]["buckets"]}
