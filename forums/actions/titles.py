"""The words of titles, by which threads alike are found."""

from collections.abc import Iterable

from community.text.folding import words_of
from forums.models import Thread, TitleWord


def write_title_words(threads: Iterable[Thread]) -> None:
    """For other actions: of new threads."""
    TitleWord.objects.bulk_create(
        TitleWord(thread=thread, word=word) for thread in threads for word in words_of(thread.title)
    )


def rewrite_title_words(thread: Thread) -> None:
    """For other actions: its title is another."""
    TitleWord.objects.filter(thread=thread).delete()
    write_title_words([thread])
