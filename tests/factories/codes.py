"""What an authenticator app shows, reckoned apart from the house."""

import base64
import hashlib
import hmac
import struct
import time


def code_now(secret: str, *, steps: int = 0) -> str:
    """Or what it did or will show `steps` half minutes from now (RFC 6238)."""
    counter = struct.pack(">Q", int(time.time() // 30) + steps)
    digest = hmac.new(base64.b32decode(secret), counter, hashlib.sha1).digest()
    start = digest[-1] & 15
    number = struct.unpack(">I", digest[start : start + 4])[0] & 0x7FFFFFFF
    return f"{number % 10**6:06}"
