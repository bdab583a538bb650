"""A small OpenID Connect provider of the world outside: real tokens, signed, over HTTP."""

import asyncio
import base64
import hashlib
import json
import secrets
import threading
import time
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import urlencode

import jwt
from aiohttp import web
from cryptography.hazmat.primitives.asymmetric import rsa

CLIENT, SECRET = "frontline", "a secret between the two"


def made_key() -> rsa.RSAPrivateKey:
    return rsa.generate_private_key(public_exponent=65537, key_size=2048)


@dataclass
class Provider:
    """Params: claims, of who is signed in there; told, what its userinfo says instead, where it lies."""

    claims: dict[str, Any] = field(default_factory=dict)
    told: dict[str, Any] = field(default_factory=dict)
    spoil: dict[str, Any] = field(default_factory=dict)  # claims of the token that are not as they should be
    origin: str = ""
    key: rsa.RSAPrivateKey = field(default_factory=made_key)
    signing_key: rsa.RSAPrivateKey | None = None
    asked: dict[str, dict[str, str]] = field(default_factory=dict)

    async def configuration(self, _: web.Request) -> web.Response:
        return web.json_response(
            {
                "issuer": self.origin,
                "authorization_endpoint": f"{self.origin}/authorize",
                "token_endpoint": f"{self.origin}/token",
                "userinfo_endpoint": f"{self.origin}/userinfo",
                "jwks_uri": f"{self.origin}/keys",
            }
        )

    async def keys(self, _: web.Request) -> web.Response:
        public = json.loads(jwt.algorithms.RSAAlgorithm.to_jwk(self.key.public_key()))
        return web.json_response({"keys": [{**public, "kid": "one", "alg": "RS256", "use": "sig"}]})

    async def authorize(self, request: web.Request) -> web.Response:
        asked = dict(request.query)
        assert asked["client_id"] == CLIENT and "openid" in asked["scope"]
        assert asked["code_challenge_method"] == "S256"
        code = secrets.token_urlsafe()
        self.asked[code] = asked
        raise web.HTTPFound(f"{asked['redirect_uri']}?{urlencode({'code': code, 'state': asked['state']})}")

    async def token(self, request: web.Request) -> web.Response:
        sent = await request.post()
        asked = self.asked.pop(str(sent["code"]))
        digest = hashlib.sha256(str(sent["code_verifier"]).encode()).digest()
        assert base64.urlsafe_b64encode(digest).decode().rstrip("=") == asked["code_challenge"]
        assert sent["redirect_uri"] == asked["redirect_uri"]
        now = int(time.time())
        claims = {"iss": self.origin, "aud": CLIENT, "iat": now, "exp": now + 60, **self.claims, **self.spoil}
        if "max_age" in asked:
            claims = {"auth_time": now if asked.get("prompt") == "login" else now - 86_400, **claims}
        token = jwt.encode(claims, self.signing_key or self.key, algorithm="RS256", headers={"kid": "one"})
        return web.json_response({"access_token": "open", "token_type": "Bearer", "id_token": token})

    async def userinfo(self, _: web.Request) -> web.Response:
        return web.json_response({**self.claims, **self.told})


class Served:
    """It, on a port of this machine, until `stop()`."""

    def __init__(self) -> None:
        self.provider = Provider()
        self.loop = asyncio.new_event_loop()
        self.ready = threading.Event()
        self.thread = threading.Thread(target=self.run, daemon=True)
        self.thread.start()
        assert self.ready.wait(20)

    def run(self) -> None:
        asyncio.set_event_loop(self.loop)
        self.loop.run_until_complete(self.begin())
        self.ready.set()
        self.loop.run_forever()

    async def begin(self) -> None:
        provider, site = self.provider, web.Application()
        site.router.add_get("/.well-known/openid-configuration", provider.configuration)
        for name in ("keys", "authorize", "userinfo"):
            site.router.add_get(f"/{name}", getattr(provider, name))
        site.router.add_post("/token", provider.token)
        self.runner = web.AppRunner(site)
        await self.runner.setup()
        listener = web.TCPSite(self.runner, "127.0.0.1", 0)
        await listener.start()
        provider.origin = f"http://127.0.0.1:{self.runner.addresses[0][1]}"

    def stop(self) -> None:
        asyncio.run_coroutine_threadsafe(self.runner.cleanup(), self.loop).result(20)
        self.loop.call_soon_threadsafe(self.loop.stop)
        self.thread.join(20)
        self.loop.close()
