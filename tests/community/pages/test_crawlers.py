"""What programs ask of every site."""

from urllib.robotparser import RobotFileParser

import pytest
from django.test import Client


def asked(client: Client) -> RobotFileParser:
    answer = client.get("/robots.txt")
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "text/plain; charset=utf-8"
    parser = RobotFileParser()
    parser.parse(answer.content.decode().splitlines())
    return parser


@pytest.mark.parametrize("path", ["/", "/forums/", "/threads/1/drains/", "/ar/webinars/", "/cities/quito/"])
def test_programs_may_read_what_guests_read(client: Client, path: str) -> None:
    assert asked(client).can_fetch("Anybody", path)


@pytest.mark.parametrize("path", ["/account/login/", "/ar/account/profile/", "/es/search/?q=x", "/admin/", "/metrics/"])
def test_what_is_ones_own_is_in_no_index(client: Client, path: str) -> None:
    assert not asked(client).can_fetch("Anybody", path)


def test_who_asks_for_an_icon_without_having_read_a_page_gets_it(client: Client) -> None:
    assert client.get("/favicon.ico").headers["Location"].endswith(".svg")
