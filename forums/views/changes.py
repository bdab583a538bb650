"""What has changed on an open page, for those who cannot hear it."""

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_safe

from community.live.answers import answer_changes
from forums.queries import forum_for


@require_safe
def changes_of_thread(request: HttpRequest, thread_id: int) -> HttpResponse:
    return answer_changes(request, f"thread:{thread_id}")


@require_safe
def changes_of_forum(request: HttpRequest, slug: str) -> HttpResponse:
    return answer_changes(request, f"forum:{forum_for(request.user, slug).pk}")
