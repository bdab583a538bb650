import pytest
from django.test import Client
from django.utils import timezone

from community.facts.listeners import listens
from community.facts.models import Delivery, Fact
from community.members.models import Member
from tests.community.facts.news import TeaMade, tell

pytestmark = [pytest.mark.usefixtures("ears"), pytest.mark.django_db]


@pytest.fixture
def administrator(client: Client) -> Client:
    eve = Member.objects.create_user("eve@frontline.example", handle="eve", name="Eve", is_administrator=True)
    client.force_login(eve)
    return client


@pytest.fixture
def deliveries() -> dict[str, Delivery]:
    listens(TeaMade)(lambda fact: None)
    tell(1, 2, 3)
    waiting, parked, done = Delivery.objects.order_by("pk")
    Delivery.objects.filter(pk=parked.pk).update(parked_at=timezone.now(), attempts=8, error="no milk")
    Delivery.objects.filter(pk=done.pk).update(done_at=timezone.now())
    return {"waiting": waiting, "parked": parked, "done": done}


@pytest.mark.parametrize("stands", ["waiting", "parked", "done"])
def test_deliveries_are_shown_by_how_they_stand(
    administrator: Client, deliveries: dict[str, Delivery], stands: str
) -> None:
    page = administrator.get("/admin/facts/delivery/", {"stands": stands})

    assert list(page.context["cl"].result_list) == [deliveries[stands]]


def test_parked_deliveries_are_carried_out_again_from_the_admin(
    administrator: Client, deliveries: dict[str, Delivery]
) -> None:
    chosen = [delivery.pk for delivery in deliveries.values()]

    page = administrator.post(
        "/admin/facts/delivery/", {"action": "carry_out_again", "_selected_action": chosen}, follow=True
    )

    assert "1 delivery will be carried out again." in page.content.decode()
    revived = Delivery.objects.get(pk=deliveries["parked"].pk)
    assert (revived.parked_at, revived.attempts, revived.error) == (None, 0, "no milk")


@pytest.mark.parametrize("model", ["fact", "delivery"])
def test_the_admin_writes_neither_facts_nor_deliveries(
    administrator: Client, deliveries: dict[str, Delivery], model: str
) -> None:
    key = {"fact": Fact.objects.all()[0].pk, "delivery": deliveries["parked"].pk}[model]

    answers = [
        administrator.get(f"/admin/facts/{model}/").status_code,
        administrator.get(f"/admin/facts/{model}/{key}/change/").status_code,
        administrator.post(f"/admin/facts/{model}/{key}/change/", {"name": "else"}).status_code,
        administrator.post(f"/admin/facts/{model}/add/", {}).status_code,
        administrator.post(f"/admin/facts/{model}/{key}/delete/", {"post": "yes"}).status_code,
    ]

    assert answers == [200, 200, 403, 403, 403]
    assert (Fact.objects.count(), Delivery.objects.count()) == (3, 3)


def test_members_who_are_no_administrators_see_none_of_it(client: Client) -> None:
    ana = Member.objects.create_user("ana@frontline.example", handle="ana", name="Ana")
    client.force_login(ana)

    assert client.get("/admin/facts/delivery/").status_code == 302
