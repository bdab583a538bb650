"""Files of the demonstration. They are put where uploads arrive; the worker prepares them as it does any other."""

from typing import Any

from community.demo.reading import HERE
from community.facts.actions import action
from community.files import shelf
from community.files.actions import begin_whole, describe_file
from community.files.choices import Purpose
from community.members.models import Member


@action
def load_files(owner: Member, plans: list[dict[str, Any]]) -> tuple[int, ...]:
    """Returns: their ids. A start that was cut off puts the same bytes in the same place again."""
    ids = []
    for plan in plans:
        content = (HERE / "files" / plan["name"]).read_bytes()
        key = f"demo-{plan['name']}"
        path = shelf.put(f"{key}/parts/0", content)
        whole = {"name": plan["name"], "size": len(content), "path": path, "key": key}
        file = begin_whole(owner, purpose=Purpose.ATTACHMENT, **whole)
        describe_file(file, alt=plan["shows"])
        ids.append(file.pk)
    return tuple(ids)
