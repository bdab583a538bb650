"""Threads alike: what may answer a question already, while it is being written.

By the words of titles and by tags in the database, which know every thread at once; and by the search, which finds
the same words in posts, in other forms and with typos. Where it does not answer the database does alone.
"""

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from math import log

from django.contrib.contenttypes.models import ContentType
from django.db import connection

from community.members.rulings import Viewer
from community.search.engine import Kind
from community.search.queries import groups_with
from community.search.words import words_in
from community.text.folding import words_of
from community.topics.models import Tag, TaggedThing
from community.topics.queries import known_tags, words_for
from forums.models import Thread, TitleWord
from forums.rules import seeable_threads

MOST_WORDS = 10
LATEST = 300  # threads looked at for each word and each tag
CANDIDATES = 60  # asked of the rules
SEARCHED_WORDS = 5  # the longest say most
FEWEST_WORDS = 2  # in common; one will do where a tag is in common too
A_TAG = 0.5  # counts as much as half a rare word


def similar_threads(
    viewer: Viewer, title: str, tags: Iterable[str] = (), limit: int = 5, without: int | None = None
) -> list[Thread]:
    """The most alike first, each with its forum, of bounded cost however many threads there are.

    Params: without, the id of a thread that is not looked for.
    """
    words = sorted(words_of(title), key=len, reverse=True)[:MOST_WORDS]
    by_word = _latest(TitleWord._meta.db_table, "word", "thread_id", words, order="thread_id")
    by_tag = _latest_tagged(tags)
    likest = [pk for pk in _likest(by_word, _searched(viewer, title), by_tag, len(words)) if pk != without]
    seen = seeable_threads(viewer).filter(pk__in=likest, is_hidden=False, is_deleted=False).select_related("forum")
    found = {thread.pk: thread for thread in seen}
    return [found[pk] for pk in likest if pk in found][:limit]


def _searched(viewer: Viewer, title: str) -> dict[str, list[int]]:
    """By word as titles are compared, threads that the search finds by it as it was written."""
    written = {word: bare for word in words_in(title) for bare in words_of(word)}
    longest = sorted(written, key=len, reverse=True)[:SEARCHED_WORDS]
    found = groups_with(viewer, longest, (Kind.POST, Kind.ANSWER))
    return {written[word]: [int(group.removeprefix("thread-")) for group in groups] for word, groups in found.items()}


def _likest(
    by_word: dict[str | int, list[int]],
    searched: dict[str, list[int]],
    by_tag: dict[str | int, list[int]],
    word_count: int,
) -> list[int]:
    """A rare word says more; one that stands in a post, or there in another form, half as much as in the title."""
    score: dict[int, float] = defaultdict(float)
    in_common: Counter[int] = Counter()
    for word in by_word.keys() | searched.keys():
        titled, elsewhere = set(by_word.get(word, ())), set(searched.get(str(word), ()))
        weight = 1 / (1 + log(max(len(titled | elsewhere), 1)))
        for thread_id in titled | elsewhere:
            score[thread_id] += weight if thread_id in titled else weight / 2
            in_common[thread_id] += 1
    for thread_id in {thread_id for thread_ids in by_tag.values() for thread_id in thread_ids}:
        score[thread_id] += A_TAG
        in_common[thread_id] += thread_id in in_common
    enough = min(FEWEST_WORDS, word_count)
    alike = [thread_id for thread_id, count in in_common.items() if count >= enough]
    return sorted(alike, key=lambda thread_id: (-score[thread_id], -thread_id))[:CANDIDATES]


def _latest_tagged(names: Iterable[str]) -> dict[str | int, list[int]]:
    if not (tags := known_tags(names)):
        return {}
    ids = words_for(Tag.objects.filter(pk__in=[tag.pk for tag in tags.values()])).values_list("pk", flat=True)
    kind = ContentType.objects.get_for_model(Thread)
    table = TaggedThing._meta.db_table
    also = f"AND content_type_id = {kind.pk}"
    # By its own id: a tag on 30,000 threads would be sorted else (60 ms), and the later is the later either way.
    return _latest(table, "tag_id", "object_id", list(ids)[:MOST_WORDS], order="id", also=also)


def _latest(
    table: str, column: str, thread_id: str, values: Sequence[str | int], *, order: str, also: str = ""
) -> dict[str | int, list[int]]:
    """By value, the ids of the latest threads that have it. One query, each part of which ends at LATEST rows."""
    if not values:
        return {}
    latest = (
        f"SELECT {thread_id} AS thread FROM {table} WHERE {column} = %s {also} ORDER BY {order} DESC LIMIT {LATEST}"
    )
    part = f"SELECT %s AS value, found.thread FROM ({latest}) AS found"
    with connection.cursor() as cursor:
        numbered = [each for number, value in enumerate(values) for each in (number, value)]
        cursor.execute(" UNION ALL ".join([part] * len(values)), numbered)
        found: dict[str | int, list[int]] = defaultdict(list)
        for number, pk in cursor.fetchall():
            found[values[int(number)]].append(pk)
    return found
