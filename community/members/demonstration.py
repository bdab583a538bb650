"""The accounts that the demonstration shows on its sign-in page; production does not start while they exist."""

from django.conf import settings
from django.db.models import QuerySet

from community.members.models import Member

ADDRESSES = tuple(f"{name}@frontline.example" for name in ("ana", "bo", "cai", "dee", "eve", "giulia", "marisol"))
PASSWORD = "frontline-demo"  # noqa: S105  # it stands in the README


def demonstration_accounts() -> QuerySet[Member]:
    """Those that exist, outside the demonstration none."""
    if not settings.DEMONSTRATION:
        return Member.objects.none()
    return Member.objects.filter(email__in=ADDRESSES, is_active=True).select_related("city").order_by("email")
