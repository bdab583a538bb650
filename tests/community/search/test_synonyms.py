"""Words that mean the same, by the house's list and the editors' table."""

from collections.abc import Callable

from django.test import Client

from community.facts.models import Fact
from community.search.models import Synonym
from community.search.synonyms import synonyms
from tests.community.search.test_following import found
from tests.factories.forums import make_thread
from tests.factories.members import make_administrator


def test_acronyms_of_the_trade_are_known_in_every_language(indexed: Callable[[], None]) -> None:
    make_thread(title="Reducción del riesgo de desastres")
    make_thread(title="What a chief resilience officer does")
    indexed()

    assert found("DRR ") == found("RRD ") == {"Reducción del riesgo de desastres"}
    assert found("CRO ") == {"What a chief resilience officer does"}


def test_an_administrator_adds_and_takes_away_words_in_the_admin(indexed: Callable[[], None]) -> None:
    make_thread(title="Sponge parks")
    indexed()
    eve = Client()
    eve.force_login(make_administrator())

    eve.post("/admin/search/synonym/add/", {"words": "sponge parks, floodable gardens"})
    assert found("floodable gardens ") == {"Sponge parks"}
    synonym = Synonym.objects.get()
    eve.post(f"/admin/search/synonym/{synonym.pk}/delete/", {"post": "yes"})

    assert found("floodable gardens ") == set()
    assert [fact.ids["synonym_id"] for fact in Fact.objects.filter(name="synonym_changed")] == [synonym.pk] * 2


def test_every_line_of_the_house_names_several(db: None) -> None:
    assert all(len(group) > 1 for group in synonyms())
