"""Files of the demonstration. They are put where uploads arrive; the worker prepares them as it does any other."""

from typing import Any

from community.demo.reading import HERE
from community.facts.actions import action
from community.files import shelf
from community.files.actions import begin_file, describe_file, finish_file, take_part
from community.members.models import Member


@action
def load_files(owner: Member, plans: list[dict[str, Any]]) -> tuple[int, ...]:
    """Returns: their ids. A start that was cut off puts the same bytes in the same place again."""
    ids = []
    for plan in plans:
        content = (HERE / "files" / plan["name"]).read_bytes()
        key = f"demo-{plan['name']}"
        file = begin_file(owner, name=plan["name"], size=len(content), token=key, key=key)
        path = shelf.put(f"{key}/parts/0", content)
        finish_file(take_part(file, offset=0, size=len(content), path=path))
        describe_file(file, alt=plan["shows"])
        ids.append(file.pk)
    return tuple(ids)
