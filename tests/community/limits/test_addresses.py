"""A reader's address is the proxy's word only where there is a proxy."""

from typing import Any

import pytest
from django.test import RequestFactory

from community.limits.addresses import address_of_request, address_of_scope


@pytest.mark.parametrize(
    ("behind_proxy", "forwarded", "expected"),
    [
        (False, "", "198.51.100.7"),
        (False, "203.0.113.5", "198.51.100.7"),
        (True, "", "198.51.100.7"),
        (True, "203.0.113.5", "203.0.113.5"),
        (True, "10.9.9.9, 203.0.113.5", "203.0.113.5"),
    ],
)
def test_a_request_and_a_socket_come_from_the_same_place(
    settings: Any, behind_proxy: bool, forwarded: str, expected: str
) -> None:
    settings.BEHIND_PROXY = behind_proxy
    headers = {"X-Forwarded-For": forwarded} if forwarded else {}
    request = RequestFactory(REMOTE_ADDR="198.51.100.7", headers=headers).get("/")
    raw = [(name.lower().encode(), value.encode()) for name, value in headers.items()]

    assert address_of_request(request) == expected
    assert address_of_scope({"headers": raw, "client": ["198.51.100.7", 5]}) == expected
