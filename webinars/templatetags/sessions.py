"""Rows of lists of sessions, and what is said of one besides."""

from datetime import datetime

from django import template
from django.utils.safestring import SafeString
from django.utils.translation import get_language

from i18n.languages import known
from i18n.times import in_readers_zone
from webinars.fragments import row_fragment
from webinars.models import Session
from webinars.words import notes

register = template.Library()


@register.simple_tag
def session_row(session: Session, now: datetime, *, in_series: object = False) -> SafeString:
    """The row as it is kept, its time in the active zone. The lists of sessions fetch what it shows.

    Params: in_series, whatever is true where all are of one series.
    """
    html = row_fragment(session, known(get_language() or ""), now=now, in_series=bool(in_series))
    return in_readers_zone(html)


@register.simple_tag
def session_notes(session: Session) -> list[str]:
    return notes(session)
