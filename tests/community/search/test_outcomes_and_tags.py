"""What came of an exchange comes first; tags lead to whatever is about them."""

from community.search.engine import Kind
from community.search.generations import rebuild
from community.topics.actions import join_tags
from community.topics.models import Tag
from tests.community.search.test_following import Deliver, ask
from tests.factories.exchanges import make_citizen, make_exchange, make_published
from tests.factories.forums import make_thread
from tests.factories.members import make_city, make_member
from tests.factories.webinars import make_session


def test_an_outcome_is_found_before_all_else_that_has_the_words_as_they_stand(indexed: Deliver) -> None:
    make_published(make_citizen("Ana", "quito"), make_citizen("Cai", "belfast"))
    make_thread(title="Drained, drained and drained")
    make_exchange(title="Drained")
    indexed()

    assert ask("drained").shown[0].found.kind == ask("drained title").shown[0].found.kind == "outcome"
    assert ask("drainde").total == ask("drained").total


def test_a_session_is_found_by_the_tags_that_its_words_mean(indexed: Deliver) -> None:
    make_thread(title="Shade", tags=["heat", "calor"])
    make_session("shade", titles={"en": "Shade for all"}, themes=("Heat",))
    make_session("floods", titles={"en": "Shade in floods"}, themes=("Floods",))
    indexed()
    heat, calor = Tag.objects.get(name="heat"), Tag.objects.get(name="calor")

    def sessions(tag: Tag) -> set[str]:
        return {each.found.title for each in ask("shade", tags=(tag.pk,)).shown if each.found.kind == "session"}

    assert (sessions(heat), sessions(calor)) == ({"Shade for all"}, set())

    join_tags(calor, "heat")
    indexed()
    assert sessions(calor) == {"Shade for all"}


def test_an_outcome_is_found_by_the_tags_of_its_request_and_by_words_that_mean_them(indexed: Deliver) -> None:
    make_published(make_citizen("Ana", "quito"), make_citizen("Bo", "lima"), title="Pumps", tags=["ravines"])
    indexed()
    tag = Tag.objects.get(name="ravines")
    assert {each.found.kind for each in ask("drained", tags=(tag.pk,)).shown} == {Kind.OUTCOME}

    join_tags(Tag.objects.create(name="barrancos"), "ravines")
    indexed()

    meant = Tag.objects.get(name="barrancos")
    assert {each.found.kind for each in ask("drained", tags=(meant.pk,)).shown} == {Kind.OUTCOME}


def test_a_city_leads_to_nothing_of_those_whom_it_has_not_confirmed(indexed: Deliver) -> None:
    quito = make_city("quito")
    una = make_member("Zenobia", city=quito, city_confirmed_at=None)
    make_thread(author=una, title="Shade")
    make_thread(author=make_citizen("Ana", "quito"), title="Shade over stops")
    rebuild()

    assert [each.found.title for each in ask("shade", cities=(quito.pk,)).shown] == ["Shade over stops"]
    assert [(each.found.title, each.found.where) for each in ask("zenobia", kinds=(Kind.MEMBER,)).shown] == [
        ("Zenobia", "")
    ]
