"""An identity provider as strict as ProConnect, in a process of its own, on a port of the loopback.

The file is both: the program, which is told by `POST /behave` what to do wrong, and its handle.
"""

import asyncio
import base64
import hashlib
import json
import secrets
import socket
import subprocess
import sys
import time
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any, Self
from urllib.parse import parse_qsl, urlencode

import httpx
import uvicorn
from joserfc import jwt
from joserfc.jwk import ECKey, KeySet, OctKey, RSAKey
from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, RedirectResponse, Response
from starlette.routing import Route

CLIENT_ID, CLIENT_SECRET = "etape", "what-only-the-provider-and-etape-know-0123456789"
ORIGIN = "https://etape.test"
CALLBACK = f"{ORIGIN}/api/v1/sign-in/oidc/callback"
SIGNED_OUT = f"{ORIGIN}/gestion/connexion"
SCOPES = {"openid", "email", "given_name", "usual_name"}
LISTED = {"response_type", "client_id", "redirect_uri", "scope", "state", "nonce"}
LISTED |= {"claims", "acr_values", "prompt", "login_hint", "idp_hint"}
PKCE = {"code_challenge", "code_challenge_method"}
SHORTEST, CODE_SECONDS, TOKEN_SECONDS = 32, 30, 60
PROCONNECT_2FA = "https://proconnect.gouv.fr/assurance/consistency-checked-2fa"


@dataclass
class Behaviour:
    """What the provider does, until it is told otherwise. A None among claims takes one out."""

    now: float = 0.0
    has_pkce: bool = True
    knows_claims: bool = True
    methods: list[str] = field(default_factory=lambda: ["client_secret_post"])
    has_end_session: bool = True
    declines_with: str | None = None
    tells_issuer: str | None = None
    sub: str = "odile"
    email: str = "odile.martin@etape.example"
    acr: str = "eidas1"
    amr: list[str] = field(default_factory=lambda: ["pwd"])
    id_token: dict[str, Any] = field(default_factory=dict)
    userinfo: dict[str, Any] = field(default_factory=dict)
    metadata: dict[str, Any] = field(default_factory=dict)
    signs_id_token_as: str = "itself"
    signs_userinfo_as: str = "itself"
    instead: dict[str, tuple[int, str, str]] = field(default_factory=dict)
    """By path: a status, a media type and a body to answer with."""
    endless: list[str] = field(default_factory=list)
    slow: list[str] = field(default_factory=list)


class Program:
    """The provider itself."""

    def __init__(self, issuer: str) -> None:
        self.issuer = issuer
        self.does = Behaviour()
        self.keys: list[RSAKey | ECKey] = [RSAKey.generate_key(2048, auto_kid=True)]
        self.stranger = RSAKey.generate_key(2048, {"kid": self.keys[0].kid})
        self.codes: dict[str, dict[str, str]] = {}
        self.tokens: dict[str, float] = {}
        self.seen: list[dict[str, str]] = []

    def app(self) -> Starlette:
        paths = {
            "/.well-known/openid-configuration": self.discovery,
            "/jwks": self.jwks,
            "/authorize": self.authorize,
            "/token": self.token,
            "/userinfo": self.userinfo,
            "/session/end": self.end_session,
        }
        routes = [
            Route(path, self.or_wrongly(path, answer), methods=["GET", "POST"])
            for path, answer in paths.items()
        ]
        return Starlette(routes=[*routes, Route("/behave", self.behave, methods=["POST"])])

    def or_wrongly(self, path: str, answer: Any) -> Any:
        async def serve(request: Request) -> Response:
            if path in self.does.slow:
                await asyncio.sleep(30)
            if path in self.does.endless:
                return Endless()
            if path in self.does.instead:
                status, media_type, body = self.does.instead[path]
                return Response(body, status_code=status, media_type=media_type)
            told: Response = await answer(request)
            return told

        return serve

    async def behave(self, request: Request) -> Response:
        told = await request.json()
        if told.pop("from_scratch", False):
            self.does, self.seen = Behaviour(), []
        if told.pop("turns_keys", False):
            self.keys = [ECKey.generate_key("P-256", auto_kid=True)]
        for name, value in told.items():
            setattr(self.does, name, value)
        return JSONResponse({"asked": self.seen})

    async def discovery(self, _request: Request) -> Response:
        told = {
            "issuer": self.issuer,
            "authorization_endpoint": f"{self.issuer}/authorize",
            "token_endpoint": f"{self.issuer}/token",
            "userinfo_endpoint": f"{self.issuer}/userinfo",
            "jwks_uri": f"{self.issuer}/jwks",
            "token_endpoint_auth_methods_supported": self.does.methods,
            "claims_parameter_supported": self.does.knows_claims,
        }
        if self.does.has_end_session:
            told["end_session_endpoint"] = f"{self.issuer}/session/end"
        return JSONResponse(told | self.does.metadata)

    async def jwks(self, _request: Request) -> Response:
        return JSONResponse(KeySet(list(self.keys)).as_dict(private=False))

    async def authorize(self, request: Request) -> Response:
        asked = dict(request.query_params)
        self.seen.append(asked)
        listed = LISTED | (PKCE if self.does.has_pkce else set())
        if not self.does.knows_claims:
            listed -= {"claims"}
        refuse_unless(set(asked) <= listed, "Y000400: a parameter is not listed")
        refuse_unless(len(asked.get("state", "")) >= SHORTEST, "the state is too short")
        refuse_unless(len(asked.get("nonce", "")) >= SHORTEST, "the nonce is too short")
        refuse_unless(asked.get("response_type") == "code", "response_type")
        refuse_unless(asked.get("client_id") == CLIENT_ID, "client_id")
        refuse_unless(asked.get("redirect_uri") == CALLBACK, "redirect_uri")
        refuse_unless(set(asked.get("scope", "").split()) <= SCOPES, "scope")
        told = {"state": asked["state"], "session_state": "providers add what they like"}
        if self.does.tells_issuer:
            told["iss"] = self.does.tells_issuer
        if self.does.declines_with:
            told["error"] = self.does.declines_with
            told["error_description"] = f"{self.does.email} said no"
        else:
            told["code"] = secrets.token_urlsafe(32)
            self.codes[told["code"]] = asked | {"at": str(self.does.now)}
        return RedirectResponse(f"{CALLBACK}?{urlencode(told)}", status_code=303)

    async def token(self, request: Request) -> Response:
        sent = dict(parse_qsl((await request.body()).decode()))
        basic = base64.b64encode(f"{CLIENT_ID}:{CLIENT_SECRET}".encode()).decode()
        if self.does.methods == ["client_secret_basic"]:
            is_client = request.headers.get("authorization") == f"Basic {basic}"
        else:
            is_client = (sent.get("client_id"), sent.get("client_secret")) == (
                CLIENT_ID,
                CLIENT_SECRET,
            )
        if not is_client:
            return JSONResponse({"error": "invalid_client"}, status_code=401)
        asked = self.codes.pop(sent.get("code", ""), None)
        if (
            asked is None
            or self.does.now - float(asked["at"]) > CODE_SECONDS
            or sent.get("grant_type") != "authorization_code"
            or sent.get("redirect_uri") != asked["redirect_uri"]
            or challenge_of(sent.get("code_verifier")) != asked.get("code_challenge")
        ):
            return JSONResponse({"error": "invalid_grant"}, status_code=400)
        access = secrets.token_urlsafe(32)
        self.tokens[access] = self.does.now
        half = hashlib.sha256(access.encode()).digest()[:16]
        claims = {
            **self.addressed(),
            "sub": self.does.sub,
            "nonce": asked["nonce"],
            "acr": self.does.acr,
            "amr": self.does.amr,
            "at_hash": base64.urlsafe_b64encode(half).decode().rstrip("="),
        }
        return JSONResponse(
            {
                "access_token": access,
                "token_type": "Bearer",
                "expires_in": TOKEN_SECONDS,
                "id_token": self.signed(claims, self.does.id_token, self.does.signs_id_token_as),
            },
        )

    async def userinfo(self, request: Request) -> Response:
        access = request.headers.get("authorization", "").removeprefix("Bearer ")
        if self.does.now - self.tokens.get(access, 0.0) > TOKEN_SECONDS:
            return JSONResponse({"error": "invalid_token"}, status_code=401)
        claims = {
            **self.addressed(),
            "sub": self.does.sub,
            "email": self.does.email,
            "email_verified": True,
            "given_name": "Odile",
            "usual_name": "Martin",
        }
        if self.does.signs_userinfo_as == "nobody, in JSON":
            return JSONResponse({**claims, **self.does.userinfo})
        token = self.signed(claims, self.does.userinfo, self.does.signs_userinfo_as)
        return Response(token, media_type="application/jwt")

    async def end_session(self, request: Request) -> Response:
        asked = request.query_params
        jwt.decode(asked["id_token_hint"], KeySet(list(self.keys)), algorithms=["RS256", "ES256"])
        refuse_unless(asked["post_logout_redirect_uri"] == SIGNED_OUT, "post_logout_redirect_uri")
        refuse_unless(len(asked["state"]) >= SHORTEST, "the state is too short")
        return RedirectResponse(f"{SIGNED_OUT}?state={asked['state']}", status_code=303)

    def addressed(self) -> dict[str, Any]:
        now = int(self.does.now)
        return {"iss": self.issuer, "aud": CLIENT_ID, "iat": now, "exp": now + TOKEN_SECONDS}

    def signed(self, claims: dict[str, Any], wrongs: dict[str, Any], by: str) -> str:
        claims = {name: said for name, said in {**claims, **wrongs}.items() if said is not None}
        key = self.keys[0]
        header = {"alg": "ES256" if isinstance(key, ECKey) else "RS256", "kid": str(key.kid)}
        if by == "itself":
            return jwt.encode(header, claims, key)
        if by == "a stranger":
            return jwt.encode({"alg": "RS256", "kid": str(key.kid)}, claims, self.stranger)
        if by == "the client":
            secret = OctKey.import_key(CLIENT_SECRET)
            return jwt.encode({"alg": "HS256"}, claims, secret, algorithms=["HS256"])
        assert by == "nobody"
        parts = [json.dumps(part).encode() for part in ({"alg": "none", "typ": "JWT"}, claims)]
        return ".".join(
            [base64.urlsafe_b64encode(part).decode().rstrip("=") for part in parts] + [""]
        )


class Endless(Response):
    """A body that goes on and on, until nobody can still be reading."""

    async def __call__(self, _scope: Any, _receive: Any, send: Any) -> None:
        await send({"type": "http.response.start", "status": 200, "headers": []})
        for _ in range(1000):
            body = {"type": "http.response.body", "body": b" " * 65536, "more_body": True}
            await send(body)
            await asyncio.sleep(0)


def refuse_unless(is_right: bool, sentence: str) -> None:  # noqa: FBT001 - reads as a sentence
    if not is_right:
        raise HTTPException(400, sentence)


def challenge_of(verifier: str | None) -> str | None:
    if verifier is None:
        return None
    digest = hashlib.sha256(verifier.encode()).digest()
    return base64.urlsafe_b64encode(digest).decode().rstrip("=")


class IdentityProvider:
    """The handle of one provider's process."""

    def __init__(self) -> None:
        with socket.socket() as found:
            found.bind(("127.0.0.1", 0))
            self.port: int = found.getsockname()[1]
        self.issuer = f"http://127.0.0.1:{self.port}"
        self._process: subprocess.Popen[bytes] | None = None

    def settings(self, **others: Any) -> dict[str, Any]:
        """The settings of an application that signs people in there."""
        return {
            "public_url": ORIGIN,
            "oidc_issuer": self.issuer,
            "oidc_client_id": CLIENT_ID,
            "oidc_client_secret": CLIENT_SECRET,
            "oidc_name": "ProConnect",
            "oidc_second_factor_acrs": f"eidas2 {PROCONNECT_2FA}",
            **others,
        }

    async def behave(self, **told: Any) -> list[dict[str, str]]:
        """Tell it what to do; return what browsers asked it until now."""
        async with httpx.AsyncClient(base_url=self.issuer) as client:
            answer = await client.post("/behave", json=told)
            asked: list[dict[str, str]] = answer.raise_for_status().json()["asked"]
            return asked

    async def visit(self, address: str) -> httpx.Response:
        """Go where we send a browser, as it does; one is signed in there at once."""
        async with httpx.AsyncClient() as browser:
            return await browser.get(address)

    def __enter__(self) -> Self:
        self._process = subprocess.Popen([sys.executable, __file__, str(self.port)])
        until = time.monotonic() + 30
        while time.monotonic() < until:
            with suppress(httpx.TransportError):
                httpx.get(f"{self.issuer}/jwks")
                return self
            assert self._process.poll() is None
            time.sleep(0.05)
        raise TimeoutError

    def __exit__(self, *_: object) -> None:
        self.stop()

    def stop(self) -> None:
        assert self._process is not None
        self._process.kill()
        self._process.wait()


if __name__ == "__main__":
    port = int(sys.argv[1])
    program = Program(f"http://127.0.0.1:{port}")
    uvicorn.run(program.app(), port=port, log_level="warning", timeout_graceful_shutdown=1)
