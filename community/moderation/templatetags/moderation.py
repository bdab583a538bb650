"""Words of decisions."""

from django import template

from community.moderation.words import done

register = template.Library()
register.filter("deed_name", done)
