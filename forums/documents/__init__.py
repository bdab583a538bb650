"""What of the forums can be found: posts, requests between cities, and what came of them."""

from forums.documents import exchanges, posts  # noqa: F401  they say so themselves
