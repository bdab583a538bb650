"""Addresses as they stand in mails."""

from email.utils import parseaddr
from functools import cache
from typing import Any

from django.conf import settings
from django.urls import reverse
from django.utils import translation


def absolute(name: str, *args: Any, language: str) -> str:
    """The whole address of a page, in `language`.

    Always on PUBLIC_ORIGIN: a request's Host is its sender's word, and would put her address into our mail.
    """
    with translation.override(language):
        return settings.PUBLIC_ORIGIN + reverse(name, args=args)


@cache
def bare_address(mail_from: str) -> str:
    """`frontline@x.example` of `Frontline <frontline@x.example>`."""
    return parseaddr(mail_from)[1]
