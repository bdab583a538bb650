import pytest

from community.kept.addresses import read_request
from tests.asking import scope_of


def key_of(path: str, *, method: str = "GET", **headers: str) -> tuple[str, str] | None:
    asked = read_request(scope_of(path, method=method, **headers))
    return (asked.key.path, asked.key.query) if asked else None


@pytest.mark.parametrize(
    "path",
    [
        "/",
        "/ar/",
        "/forums/",
        "/es/forums/floods/",
        "/forums/floods/feed.atom",
        "/threads/42/rain-gardens/",
        "/pt/threads/42/-/",
        "/tags/heat/",
        "/unanswered/",
        "/cities/",
        "/cities/quito/",
        "/members/ana/",
        "/members/ana/threads/",
        "/moderation/log/",
        "/programmes/one/",
        "/webinars/",
        "/webinars/month/",
        "/webinars/heat/",
        "/webinars/heat/first/",
    ],
)
def test_pages_for_everybody_are_listed(path: str) -> None:
    assert key_of(path) == (path, "")


@pytest.mark.parametrize(
    "path",
    [
        "/account/login/",
        "/notifications/",
        "/moderation/",
        "/moderation/standing/",
        "/de/forums/",
        "/threads/42/reply",
        "/threads/42/",
        "/threads/x/y/",
        "/webinars/embed/",
        "/webinars/propose/",
        "/webinars/propose/asked/",
        "/webinars/speaker/s3cr3t/",
        "/webinars/heat/first/room/",
        "/forums/floods/new/",
        "/forums/floods/?q=1",
        "/forums/floods/?page=1&page=2",
        "/forums/floods/?page",
        "/threads/42/x/?order=new",
        "/threads/42/x/?page=" + "1" * 41,
        "/threads/42/x/\n",
        "/members/ana/edit/",
    ],
)
def test_everything_else_goes_to_django(path: str) -> None:
    assert key_of(path) is None


def test_the_order_of_parameters_makes_no_new_page() -> None:
    assert (
        key_of("/forums/x/?tag=heat&page=2")
        == key_of("/forums/x/?page=2&tag=heat")
        == ("/forums/x/", "page=2&tag=heat")
    )


@pytest.mark.parametrize(
    "headers",
    [
        {"cookie": "a=b; sessionid=x"},
        {"cookie": "messages=x"},
        {"cookie": 'sessionid="'},
        {"authorization": "Basic x"},
        {"range": "bytes=0-1"},
        {"host": "elsewhere.example"},
        {"host": "localhost:x"},
        {"host": ""},
    ],
)
def test_whoever_may_be_somebody_is_answered_by_django(headers: dict[str, str]) -> None:
    assert key_of("/forums/", **headers) is None


def test_a_session_in_the_second_of_two_cookie_headers_is_seen() -> None:
    scope = scope_of("/forums/", cookie="a=b")
    scope["headers"].append((b"cookie", b"sessionid=x"))

    assert read_request(scope) is None


def test_a_cookie_that_only_ends_like_ours_is_harmless() -> None:
    assert key_of("/forums/", cookie="notsessionid=x; theme=dark") is not None


def test_the_token_of_a_form_seen_before_makes_nobody_somebody() -> None:
    assert key_of("/forums/", cookie="csrftoken=x") is not None
    assert key_of("/forums/", cookie="csrftoken=x; sessionid=y") is None


@pytest.mark.parametrize("method", ["POST", "PUT", "OPTIONS", "DELETE"])
def test_only_reading_is_answered_here(method: str) -> None:
    assert key_of("/forums/", method=method) is None


@pytest.mark.parametrize(
    ("headers", "stays"),
    [
        ({}, True),
        ({"accept_language": "en-GB,fr;q=0.5"}, True),
        ({"accept_language": "fr,en;q=0.5"}, False),
        ({"cookie": "django_language=ar"}, False),
    ],
)
def test_only_who_surely_stays_at_the_root_is_answered_there(headers: dict[str, str], stays: bool) -> None:
    assert (key_of("/", **headers) is not None) is stays
    assert key_of("/forums/", **headers) is not None


@pytest.mark.parametrize(
    ("wish", "takes"),
    [
        ("gzip", True),
        ("GZIP", True),
        ("br, gzip;q=0.5", True),
        ("*", True),
        ("", False),
        ("br", False),
        ("gzip;q=0", False),
        ("gzip;q=0.0, *", False),
        ("gzip;q=x", False),
        ("identity", False),
    ],
)
def test_gzip_goes_to_those_who_take_it(wish: str, takes: bool) -> None:
    asked = read_request(scope_of("/forums/", accept_encoding=wish))

    assert asked is not None
    assert asked.takes_gzip is takes
