import pytest
from django.core.management import call_command

from tests.factories.members import make_member


@pytest.mark.django_db
def test_it_says_where_the_doors_are_and_leaves_a_settled_house_alone(capsys: pytest.CaptureFixture[str]) -> None:
    make_member(name="Ana")

    call_command("prepare")

    told = capsys.readouterr().out
    assert "http://localhost:" in told
    assert all(f"{name}@frontline.example" in told for name in ("ana", "bo", "cai", "dee", "eve"))
    assert "frontline-demo" in told
    assert "Loading" not in told
