from django.http import HttpRequest, JsonResponse
from django.urls import path

from tests.community.facts.board.actions import pin


def notes(request: HttpRequest) -> JsonResponse:
    return JsonResponse({"id": pin(request.POST["token"])})


urlpatterns = [path("notes/", notes)]
