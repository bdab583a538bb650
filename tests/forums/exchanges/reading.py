"""How the tests of these pages read them."""

from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from community.members.models import Member
from forums.models import Exchange


def signed_in(member: Member) -> Client:
    client = Client()
    client.force_login(member)
    return client


def address(exchange: Exchange) -> str:
    return f"/exchanges/{exchange.pk}/{exchange.slug}/"


def queries(client: Client, path: str) -> int:
    client.get(path)  # what is kept for long is kept now
    with CaptureQueriesContext(connection) as spent:
        assert client.get(path).status_code == 200
    return len(spent)
