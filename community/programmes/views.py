from django.http import HttpRequest, HttpResponse
from django.shortcuts import get_object_or_404, render

from community.programmes.dates import said_date
from community.programmes.models import Programme
from community.programmes.queries import all_programmes, cities_taking_part


def programmes(request: HttpRequest) -> HttpResponse:
    return render(request, "programmes/programmes.html", {"programmes": all_programmes()})


def programme(request: HttpRequest, slug: str) -> HttpResponse:
    found = get_object_or_404(Programme, slug=slug)
    return render(
        request,
        "programmes/programme.html",
        {"programme": found, "cities": cities_taking_part(found), "launched": said_date(found.launched)},
    )
