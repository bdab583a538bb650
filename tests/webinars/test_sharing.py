"""What a link to a session shows elsewhere: the event for search engines, the card, the picture."""

import json
import re
from html.parser import HTMLParser
from io import BytesIO
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext
from PIL import Image

from i18n.languages import CODES
from tests.factories.members import make_city, make_member, make_organiser
from tests.factories.webinars import make_draft, make_series, make_session, make_speaker
from webinars import typesetting
from webinars.actions import cancel_session, move_session, retitle_session, show_session
from webinars.choices import Visibility
from webinars.models import Session
from webinars.typesetting import SHAPES, drawable

pytestmark = pytest.mark.django_db
ADDRESS = "/webinars/frontline/heat/"
PICTURE = f"{ADDRESS}share.png"
ORIGIN = "http://localhost:8000"
TITLES = {
    "en": "Heat at night",
    "es": "Calor de noche",
    "pt": "Calor à noite",
    "fr": "La chaleur, la nuit",
    "ar": "الحرارة ليلاً",
}
HOSTILE = {
    "ends a script": "</script><script>alert(1)</script><!--",
    "ends an attribute": "\"><img src=x onerror='alert(1)'> &amp; \\",
    "controls": "He\x01at\x1b[0m \x7f\x85\u2028 at\u2029night",
    "never ends": "W" * 200,
    "pictures": "🔥🌊 Heat 👩‍🚒🏽 at night",
    "nothing but pictures": "🔥🌊",
    "turns round": "\u202eHeat\u2066 at\u202d night\u200f حر\u202c \u061c",
    "another script": "夜间高温与城市",
    "climbs": "H" + "\u0300\u0301\u0330" * 60 + "eat",
    "spaces alone between": "\u00a0" * 90 + "Heat" + "\u2009" * 60 + "night",
}


class Elements(HTMLParser):
    """The scripts, and the metas by their name or property, as a parser of HTML finds them."""

    def __init__(self, page: str) -> None:
        super().__init__()
        self.scripts: list[tuple[str, str]] = []
        self.metas: dict[str, list[str]] = {}
        self.feed(page)

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        told = dict(attrs)
        if tag == "script":
            self.scripts.append((told.get("type") or "", ""))
        if tag == "meta" and (name := told.get("property") or told.get("name")):
            self.metas.setdefault(name, []).append(told.get("content") or "")

    def handle_data(self, data: str) -> None:
        if self.cdata_elem == "script":
            kind, text = self.scripts[-1]
            self.scripts[-1] = (kind, text + data)


def read(client: Client, address: str = ADDRESS) -> Elements:
    response = client.get(address)
    assert response.status_code == 200
    return Elements(response.content.decode())


def event_on(page: Elements) -> dict[str, Any]:
    (text,) = [text for kind, text in page.scripts if kind == "application/ld+json"]
    found: dict[str, Any] = json.loads(text)
    return found


def seen(answer: Any) -> Image.Image:
    assert answer.status_code == 200
    assert answer.headers["Content-Type"] == "image/png"
    image = Image.open(BytesIO(answer.content))
    assert (image.format, image.size) == ("PNG", (1200, 630))
    return image.convert("RGB")


def ink_in(image: Image.Image, box: tuple[int, int, int, int]) -> int:
    """Dark pixels."""
    return sum(image.crop(box).convert("L").histogram()[:100])


def make_whole_session() -> Session:
    series = make_series(titles={"en": "Frontline"}, organisers=("Resilient Cities Network", "World Bank"))
    return make_session(
        series=series,
        titles=TITLES,
        abstracts={"en": "Who opens the doors.", "ar": "من يفتح الأبواب."},
        starts_local="2026-12-10T08:00",
        timezone="America/New_York",
        minutes=90,
        languages=("en", "es"),
        co_hosts="ICLEI Africa",
        speakers=(make_speaker("Gardener", name="Rosa Quispe"), make_speaker("somebody without a name")),
    )


@pytest.mark.parametrize("language", CODES)
def test_the_event_says_what_the_page_says_in_each_language(client: Client, language: str) -> None:
    session = make_whole_session()
    prefix = "" if language == "en" else f"/{language}"

    event = event_on(read(client, f"{prefix}{ADDRESS}"))

    assert event == {
        "@context": "https://schema.org",
        "@type": "Event",
        "name": TITLES[language],
        "description": "من يفتح الأبواب." if language == "ar" else "Who opens the doors.",
        "url": f"{ORIGIN}{prefix}{ADDRESS}",
        "image": [f"{ORIGIN}{prefix}{PICTURE}?v={session.version}.{session.series.version}"],
        "startDate": "2026-12-10T08:00:00-05:00",
        "endDate": "2026-12-10T09:30:00-05:00",
        "eventStatus": "https://schema.org/EventScheduled",
        "eventAttendanceMode": "https://schema.org/OnlineEventAttendanceMode",
        "location": {"@type": "VirtualLocation", "url": f"{ORIGIN}{prefix}{ADDRESS}"},
        "inLanguage": ["en", "es"],
        "isAccessibleForFree": True,
        "organizer": [
            {"@type": "Organization", "name": "Resilient Cities Network"},
            {"@type": "Organization", "name": "World Bank"},
            {"@type": "Organization", "name": "ICLEI Africa"},
        ],
        "performer": [{"@type": "Person", "name": "Rosa Quispe", "jobTitle": "Gardener"}],
    }


@pytest.mark.parametrize("language", CODES)
def test_a_link_has_a_card_in_the_language_of_the_page(client: Client, language: str) -> None:
    session = make_whole_session()
    prefix = "" if language == "en" else f"/{language}"

    metas = read(client, f"{prefix}{ADDRESS}").metas

    locales = {"en": "en_GB", "es": "es_LA", "pt": "pt_BR", "fr": "fr_FR", "ar": "ar_AR"}
    assert metas["og:title"] == [TITLES[language]]
    assert metas["og:type"] == ["website"]
    assert metas["og:url"] == [f"{ORIGIN}{prefix}{ADDRESS}"]
    assert metas["og:locale"] == [locales[language]]
    assert metas["og:locale:alternate"] == [locales[code] for code in CODES if code != language]
    version = f"{session.version}.{session.series.version}"
    assert metas["og:image"] == [f"{ORIGIN}{prefix}{PICTURE}?v={version}"]
    assert (metas["og:image:width"], metas["og:image:height"]) == (["1200"], ["630"])
    assert TITLES[language] in metas["og:image:alt"][0]
    assert metas["twitter:card"] == ["summary_large_image"]
    assert metas["og:description"] == metas["description"]
    assert "08:00" in metas["og:description"][0]


def test_a_cancelled_session_is_a_cancelled_event_and_a_moved_one_a_scheduled(client: Client) -> None:
    session = make_session(starts_local="2026-12-10T13:00")
    move_session(session.pk, starts_local="2026-12-11T13:00")
    moved = event_on(read(client))
    cancel_session(session.pk, reason="The speaker is ill.")

    page = read(client)

    assert (moved["eventStatus"], moved["startDate"]) == (
        "https://schema.org/EventScheduled",
        "2026-12-11T13:00:00+00:00",
    )
    assert event_on(page)["eventStatus"] == "https://schema.org/EventCancelled"
    assert event_on(page)["description"] == "The speaker is ill."
    assert page.metas["og:title"] == ["Cancelled: Heat"]


def test_the_event_says_too_that_a_session_was_invented(client: Client) -> None:
    make_session(is_invented=True)

    assert "planned for this demonstration" in event_on(read(client))["description"]


@pytest.mark.parametrize("visibility", [Visibility.MEMBERS, Visibility.PROGRAMME, Visibility.DRAFT])
def test_what_is_not_for_everybody_tells_nothing_to_others(client: Client, visibility: Visibility) -> None:
    make_session(visibility=visibility)
    client.force_login(make_organiser())

    page = read(client)
    answers = [client.get(f"{prefix}{PICTURE}").status_code for prefix in ("", "/ar")]

    assert not any(kind == "application/ld+json" for kind, _ in page.scripts)
    assert not any(name.startswith(("og:", "twitter:")) for name in page.metas)
    assert answers == [404, 404]


def test_a_picture_goes_with_its_session(client: Client) -> None:
    session = make_session()
    seen(client.get(PICTURE))

    show_session(session.pk, to=Visibility.MEMBERS)

    assert client.get(PICTURE).status_code == 404


def test_drafts_and_sessions_that_are_not_there_have_no_picture(client: Client) -> None:
    make_draft()

    assert client.get(PICTURE).status_code == 404
    assert client.get("/webinars/frontline/none/share.png").status_code == 404
    assert client.post(PICTURE).status_code == 405


@pytest.mark.parametrize("title", HOSTILE.values(), ids=HOSTILE)
def test_no_title_breaks_the_page_the_card_or_the_picture(client: Client, title: str) -> None:
    abstract = f"{title} {title}"
    make_session(
        titles={"en": title},
        abstracts={"en": abstract},
        co_hosts=title[:200],
        speakers=(make_speaker(title[:160], name=title[:80]),),
    )

    raw = client.get(ADDRESS).content.decode()
    page = Elements(raw)
    image = seen(client.get(PICTURE))

    told = event_on(page)
    fit = re.sub("[\x00-\x08\x0b-\x1f\x7f-\x9f]", "", title)
    assert (told["name"], page.metas["og:title"]) == (fit, [fit])
    assert [kind for kind, _ in page.scripts] == ["application/ld+json", "module"]
    data = raw.partition('"application/ld+json">')[2].partition("</script>")[0]
    assert not set("<>&\u2028\u2029") & set(data)
    assert ink_in(image, (80, 130, 1120, 480)) > 500  # a headline there is, whatever is left of it
    assert ink_in(image, (0, 20, 79, 630)) == ink_in(image, (1121, 20, 1200, 630)) == 0  # and it keeps to its room


def test_a_title_too_long_for_its_room_is_made_smaller(client: Client) -> None:
    words = "Who may order an evacuation at three in the morning and how is it signed when the mayor is on a plane "
    make_session(titles={"en": "Heat"})
    make_session("waste", titles={"en": (words * 2)[:200]})

    short = seen(client.get(PICTURE))
    long = seen(client.get("/webinars/frontline/waste/share.png"))

    assert ink_in(long, (80, 240, 1120, 480)) > 2 * ink_in(short, (80, 240, 1120, 480)) > 0
    assert ink_in(long, (80, 484, 1120, 488)) == 0  # above the rule


def test_a_picture_names_the_time_where_the_session_is_and_changes_with_it(client: Client) -> None:
    session = make_session(starts_local="2026-12-10T08:00", timezone="America/New_York")
    before = client.get(PICTURE)

    move_session(session.pk, starts_local="2026-12-10T09:00")
    moved = client.get(PICTURE)
    retitle_session(session.pk, titles={"en": "Cool rooms"}, abstracts={})
    renamed = client.get(PICTURE)
    cancel_session(session.pk)
    cancelled = client.get(PICTURE)

    answers = (before, moved, renamed, cancelled)
    assert len({answer.content for answer in answers}) == len({answer.headers["ETag"] for answer in answers}) == 4


@pytest.mark.skipif(not SHAPES, reason="libfribidi is not here")
def test_the_arabic_picture_runs_from_the_right(client: Client) -> None:
    make_session(titles={"en": "Heat", "ar": "حر"})

    english, arabic = seen(client.get(PICTURE)), seen(client.get(f"/ar{PICTURE}"))

    left, right = (80, 130, 400, 480), (800, 130, 1120, 480)
    assert ink_in(english, left) > 0 == ink_in(english, right)
    assert ink_in(arabic, right) > 0 == ink_in(arabic, left)


def test_where_arabic_letters_cannot_be_joined_the_arabic_picture_is_the_english_one(
    client: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As on a machine without libfribidi."""
    monkeypatch.setattr(typesetting, "SHAPES", False)
    make_session(titles={"en": "Heat", "ar": "حر"})

    english, arabic = client.get(PICTURE), client.get(f"/ar{PICTURE}")

    assert arabic.content == english.content
    assert ink_in(seen(english), (80, 130, 400, 480)) > 0


def test_who_has_the_picture_already_is_told_so_and_nothing_is_drawn(client: Client) -> None:
    make_session()
    first = client.get(PICTURE)

    again = client.get(PICTURE, headers={"If-None-Match": first.headers["ETag"]})
    other = client.get(PICTURE, headers={"If-None-Match": '"other"'})

    assert (again.status_code, again.content) == (304, b"")
    for answer in (first, again):
        assert answer.headers["Cache-Control"] == "public, max-age=3600"
        assert answer.headers["ETag"] == first.headers["ETag"]
    assert other.content == first.content


def test_the_head_of_a_picture_can_be_asked_for(client: Client) -> None:
    make_session()

    head, whole = client.head(PICTURE), client.get(PICTURE)

    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["Content-Length"] == whole.headers["Content-Length"] == str(len(whole.content))


def test_a_title_of_which_nothing_can_be_drawn_leaves_its_place_to_the_series(client: Client) -> None:
    make_session(titles={"en": "夜间高温"})
    make_session("waste", titles={"en": "Frontline"}, series=make_series("theirs", titles={"en": "🔥"}))

    assert seen(client.get(PICTURE)).crop((80, 300, 1120, 480)) == seen(
        client.get("/webinars/theirs/waste/share.png")
    ).crop((80, 300, 1120, 480))


def test_a_picture_is_small_and_says_the_same_whoever_asks(client: Client) -> None:
    make_whole_session()
    for_guest = client.get(PICTURE).content
    client.force_login(make_member("Ana", city=make_city("quito"), timezone="America/Guayaquil"))

    for_ana = client.get(PICTURE, {"v": "7.3"}).content

    assert for_ana == for_guest
    assert 5_000 < len(for_guest) < 100_000


def test_what_others_show_costs_the_page_no_query(client: Client) -> None:
    make_session("heat", speakers=(make_speaker(name="Rosa"),))
    make_session("waste", visibility=Visibility.MEMBERS, speakers=(make_speaker(name="Rosa"),))
    client.force_login(make_member("Ana", city=make_city("quito")))
    read(client)

    with CaptureQueriesContext(connection) as with_event:
        read(client)
    with CaptureQueriesContext(connection) as without:
        read(client, "/webinars/frontline/waste/")

    assert len(with_event) == len(without)


def test_other_public_pages_have_a_card_of_their_title_and_no_picture(client: Client) -> None:
    make_session(titles={"en": "Heat"})

    metas = read(client, "/es/webinars/").metas

    assert metas["og:site_name"] == ["Frontline"]
    assert metas["og:title"] == ["Webinarios"]
    assert metas["og:description"] == metas["description"]
    assert metas["og:url"] == [f"{ORIGIN}/es/webinars/"]
    assert "og:image" not in metas


@pytest.mark.parametrize("address", ["/account/login/", "/webinars/frontline/none/"])
def test_pages_that_nobody_shall_find_have_no_card(client: Client, address: str) -> None:
    metas = Elements(client.get(address).content.decode()).metas

    assert metas["robots"] == ["noindex"]
    assert not any(name.startswith("og:") for name in metas)


def test_what_no_font_has_is_left_out_of_a_line() -> None:
    assert drawable("🔥 Heat\u202e  at 夜 👩‍🚒🏽 night\x00, −5°") == "Heat at night, –5°"
    assert drawable("x\u0300\u0301\u0302y") == "x\u0300y"
