"""The editors' table of words that mean the same."""

from community.facts.actions import action, record
from community.search.facts import SynonymChanged
from community.search.models import Synonym


@action
def keep_synonym(synonym: Synonym, *, by_id: int | None) -> None:
    """Readers' next question knows it; Meilisearch from the next rebuild on. Records: SynonymChanged."""
    synonym.save()
    record(SynonymChanged(synonym.pk), actor_id=by_id)


@action
def forget_synonym(synonym: Synonym, *, by_id: int | None) -> None:
    """Records: SynonymChanged."""
    record(SynonymChanged(synonym.pk), actor_id=by_id)
    synonym.delete()
