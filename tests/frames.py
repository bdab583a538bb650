"""Which names of the frame around every page a page's own context takes away from it."""

from typing import Any


def names_taken(template: Any, context: Any) -> set[str]:
    """Asked of a page, when it is rendered whole; of what a page includes, nothing."""
    frame = getattr(context, "_processors_index", None)
    if frame is None or context.template is not template:
        return set()
    own = {name for named in context.dicts[frame + 1 :] for name in named}
    return own & set(context.dicts[frame])
