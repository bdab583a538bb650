"""Every room's addresses. Pages stand under a language's prefix, English under none."""

from django.conf import settings
from django.conf.urls.i18n import i18n_patterns
from django.contrib import admin
from django.urls import include, path

from community.files import urls as files_urls
from community.members import urls as members_urls
from community.pages import urls as pages_urls
from community.pages.views import crawlers, health

handler400 = "community.pages.failures.bad_request"
handler403 = "community.pages.failures.forbidden"
handler404 = "community.pages.failures.not_found"
handler429 = "community.pages.failures.too_fast"  # allauth's name, for its limits and ours
handler500 = "community.pages.failures.broken"

urlpatterns = [
    path("robots.txt", crawlers.robots, name="robots"),
    path("favicon.ico", crawlers.favicon, name="favicon"),
    path("healthz", health.healthz, name="healthz"),
    path("readyz", health.readyz, name="readyz"),
    path("metrics", health.metrics, name="metrics"),
    path("admin/", admin.site.urls),
    *files_urls.given_out,
    *([path("mailbox/", include("community.mail.urls"))] if settings.DEMONSTRATION else []),
    *i18n_patterns(
        path("", include("community.pages.urls")),
        path("", include("forums.urls")),
        path("account/", include("community.privacy.urls")),
        path("cities/", include("community.coalition.urls")),
        path("", include("community.members.urls")),
        path("", include(([*members_urls.members, *pages_urls.members], "members"))),
        path("", include((files_urls.account, "files"))),
        path("programmes/", include("community.programmes.urls")),
        path("notifications/", include("community.notifications.urls")),
        path("moderation/", include("community.moderation.urls")),
        path("account/following/", include("community.following.urls")),
        path("search/", include("community.search.urls")),
        path("webinars/", include("webinars.urls")),
        path("account/sessions/", include("webinars.account_urls")),
        path("calendar/", include("webinars.calendar_urls")),
        prefix_default_language=False,
    ),
]
