"""The board of forums, and one forum's threads."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render

from community.live.keep import keep
from forums.choices import ForumKind, Order
from forums.queries import forum_board, forum_for, forum_id_of, streams_of_forums, thread_page_of_forum, unanswered_page
from forums.rules import can_open_thread


def board(request: HttpRequest) -> HttpResponse:
    if not request.user.is_authenticated:  # hers is kept for nobody
        keep(request, *streams_of_forums(request.user))
    return render(request, "forums/board.html", {"groups": forum_board(request.user)})


def forum(request: HttpRequest, slug: str) -> HttpResponse:
    heads = keep(request, f"forum:{forum_id_of(slug)}")  # before the row: its name may be another by now
    forum = forum_for(request.user, slug)
    if forum.kind == ForumKind.EXCHANGE:  # its threads are between cities: what all may read is the board
        return redirect("forums:exchanges")
    orders = orders_of(request, forum.kind)
    order = Order(request.GET["order"]) if request.GET.get("order") in orders else Order.ACTIVE
    threads = thread_page_of_forum(
        request.user, forum, order=order, tag=request.GET.get("tag"), page=page_number(request)
    )
    context = {
        "forum": forum,
        "seq": heads[f"forum:{forum.pk}"],
        "orders": [Order(value) for value in orders],
        "order": order,
        "tag": request.GET.get("tag"),
        "threads": threads,
        "can_open": can_open_thread(request.user, forum),
    }
    return render(request, "forums/forum.html", context)


def unanswered(request: HttpRequest) -> HttpResponse:
    """Of all forums of questions that the reader sees."""
    keep(request, *streams_of_forums(request.user))
    return render(request, "forums/unanswered.html", {"threads": unanswered_page(request.user, page_number(request))})


def orders_of(request: HttpRequest, kind: str) -> list[str]:
    """The orders that make sense here, for this reader."""
    questions = [Order.UNANSWERED, Order.NOT_ACCEPTED] if kind == ForumKind.QUESTIONS else []
    own = [Order.UNREAD] if request.user.is_authenticated else []
    return [order.value for order in (Order.ACTIVE, Order.NEWEST, *questions, Order.HELPFUL, *own)]


def page_number(request: HttpRequest) -> int:
    """`?page=` as a number from 1; anything else is the first page."""
    number = request.GET.get("page", "1")
    return max(1, int(number)) if number.isascii() and number.isdigit() and len(number) < 7 else 1
