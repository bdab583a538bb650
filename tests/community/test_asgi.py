from pathlib import Path
from typing import Any

import pytest

from community.asgi import application, with_static_files
from tests.asking import ask

HASHED = "look.0123456789ab.css"


@pytest.fixture
def static(tmp_path: Path, settings: Any) -> Path:
    settings.STATIC_ROOT = tmp_path
    for name in (HASHED, "look.css"):
        (tmp_path / name).write_text("p { margin: 0 }" * 50)
    return tmp_path


async def behind(scope: Any, receive: Any, send: Any) -> None:
    await send({"type": "http.response.start", "status": 200, "headers": []})
    await send({"type": "http.response.body", "body": b"behind"})


async def test_a_file_whose_name_holds_its_hash_is_kept_for_ever(static: Path) -> None:
    answer = await ask(with_static_files(behind), f"/static/{HASHED}")

    assert answer.headers["cache-control"] == "max-age=315360000, public, immutable"
    assert answer.headers["content-type"].startswith("text/css")


async def test_any_other_file_is_asked_for_again_soon(static: Path) -> None:
    answer = await ask(with_static_files(behind), "/static/look.css")

    assert answer.headers["cache-control"] == "max-age=60, public"
    again = await ask(with_static_files(behind), "/static/look.css", if_none_match=answer.headers["etag"])
    assert again.status == 304


async def test_what_is_no_file_is_answered_behind(static: Path) -> None:
    for path in ("/", "/static/../look.css", "/static/nothing.css", "/forums/"):
        assert (await ask(with_static_files(behind), path)).text == "behind"


async def test_without_gathered_files_everything_is_answered_behind(settings: Any, tmp_path: Path) -> None:
    settings.STATIC_ROOT = tmp_path / "nowhere"

    assert with_static_files(behind) is behind


async def test_the_whole_house_answers() -> None:
    answer = await ask(application, "/healthz")

    assert (answer.status, answer.text) == (200, "ok\n")


async def test_large_pages_are_squeezed_for_whoever_takes_it() -> None:
    answer = await ask(application, "/nowhere/", accept_encoding="gzip")

    assert (answer.status, answer.headers["content-encoding"]) == (404, "gzip")
    assert "</html>" in answer.text
