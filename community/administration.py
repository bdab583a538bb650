"""Django's admin, in this house."""

from collections.abc import Callable
from typing import Any

from csp.decorators import csp_replace
from django.contrib.admin import AdminSite
from django.contrib.admin.apps import AdminConfig
from django.utils.translation import pgettext_lazy

# Django's own scripts write HTML as text, which Trusted Types refuse. They still come from this site alone.
WITHOUT_TRUSTED_TYPES = csp_replace({"require-trusted-types-for": None, "trusted-types": None})


class HouseAdmin(AdminSite):
    site_header = site_title = pgettext_lazy("title of the admin", "Frontline, behind the scenes")

    def admin_view(self, view: Callable[..., Any], cacheable: bool = False) -> Any:
        return WITHOUT_TRUSTED_TYPES(super().admin_view(view, cacheable))


class HouseAdminConfig(AdminConfig):
    default_site = "community.administration.HouseAdmin"
