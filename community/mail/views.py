from pathlib import Path

from django.conf import settings
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.views.decorators.cache import never_cache

from community.mail.mailbox import newest_letters


@never_cache
def mailbox(request: HttpRequest) -> HttpResponse:
    """All mail of the demonstration, for anybody: nobody there is a real person."""
    if not settings.DEMONSTRATION:
        raise Http404
    return render(request, "mail/mailbox.html", {"letters": newest_letters(Path(settings.EMAIL_FILE_PATH))})
