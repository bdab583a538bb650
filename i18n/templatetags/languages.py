"""What templates need to speak several languages."""

from django import template

register = template.Library()
