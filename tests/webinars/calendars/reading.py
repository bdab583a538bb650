"""What a calendar program reads."""

from typing import Any

from django.http import HttpResponse
from django.test import Client
from icalendar import Calendar


def read(client: Client, address: str = "/calendar/all.ics", **headers: str) -> Any:
    return client.get(address, headers=headers)


def events(answer: HttpResponse) -> dict[str, Any]:
    """By title."""
    return {str(event["SUMMARY"]): event for event in Calendar.from_ical(answer.content).walk("VEVENT")}
