"""A Redis cache that may be away: then every process counts for itself."""

import time
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar

from django.core.cache.backends.locmem import LocMemCache
from django.core.cache.backends.redis import RedisCache
from redis.exceptions import RedisError

Method = TypeVar("Method", bound=Callable[..., Any])
PAUSE_SECONDS = 1.0  # after a failure Redis is left alone for so long, or each call would wait for its timeout
_retry_at = 0.0  # of this process: Django makes one cache object a thread


def _forgiving(method: Method) -> Method:
    """Ask Redis; where it does not answer, ask the store of this process, which is empty at first."""
    name = method.__name__

    @wraps(method)
    def ask(self: "ForgivingRedisCache", *args: Any, **kwargs: Any) -> Any:
        global _retry_at
        if time.monotonic() >= _retry_at:
            try:
                answer = method(self, *args, **kwargs)
            except (RedisError, OSError):
                _retry_at = time.monotonic() + PAUSE_SECONDS
            else:
                if _retry_at:  # it is back: what was kept meanwhile is stale
                    _retry_at = 0.0
                    self.meanwhile.clear()
                return answer
        return getattr(self.meanwhile, name)(*args, **kwargs)

    return ask  # type: ignore[return-value]  # wraps() keeps the signature


class ForgivingRedisCache(RedisCache):
    """Django's, but a dead Redis is never an error and costs one timeout a second at most."""

    def __init__(self, server: str | list[str], params: dict[str, Any]) -> None:
        super().__init__(server, params)
        kept = {key: value for key, value in params.items() if key != "OPTIONS"}
        self.meanwhile = LocMemCache("while-redis-is-away", kept)

    add = _forgiving(RedisCache.add)
    get = _forgiving(RedisCache.get)
    set = _forgiving(RedisCache.set)
    touch = _forgiving(RedisCache.touch)
    delete = _forgiving(RedisCache.delete)
    get_many = _forgiving(RedisCache.get_many)
    has_key = _forgiving(RedisCache.has_key)
    incr = _forgiving(RedisCache.incr)
    set_many = _forgiving(RedisCache.set_many)
    delete_many = _forgiving(RedisCache.delete_many)
    clear = _forgiving(RedisCache.clear)
