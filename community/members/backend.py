"""Who signs in."""

from functools import cache

from allauth.account.auth_backends import AuthenticationBackend
from django.contrib.auth.hashers import check_password, make_password

from community.members.models import Member


@cache
def _nobodys_password() -> str:
    return make_password("nobody's")


class AddressBackend(AuthenticationBackend):
    """By address and password. One query and one hash, whether the address has an account or not."""

    def _authenticate_by_email(self, email: str, password: str) -> Member | None:
        member = Member.objects.filter(email=email.lower()).first()
        self._did_check_password = True
        if member is None:
            check_password(password, _nobodys_password())
            return None
        found: Member | None = self._check_password(member, password)
        return found
