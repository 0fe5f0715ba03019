"""Signing in at an identity provider (OpenID Connect): what it is asked, what it is believed.

Nothing that it says counts unless its own keys signed it, for us, in answer to our question, not
long ago. No transaction is open while it is asked (T8), and no wait is longer than `PATIENCE`.
"""

import asyncio
import json
import re
import secrets
import traceback
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from http import HTTPStatus
from pathlib import Path
from typing import Annotated, Any

import httpx2
import structlog
from authlib.common.errors import AuthlibBaseError
from authlib.common.urls import add_params_to_uri
from authlib.integrations.httpx_client import AsyncOAuth2Client
from authlib.oidc.core import CodeIDToken
from joserfc import jwt
from joserfc.errors import ClaimError, JoseError
from joserfc.jwk import KeySet
from pydantic import AnyHttpUrl, BaseModel, Field, StringConstraints
from typing_extensions import override

from etape.core.database import in_transaction
from etape.core.problems import Problem
from etape.core.settings import Settings
from etape.core.texts import Localized

PATIENCE = 10.0
"""Seconds, for all that one sign-in asks of the provider: the code that it gave lives 30."""
KEPT_FOR = timedelta(minutes=10)
LEEWAY_SECONDS = 60
MAX_ANSWER_BYTES = 128 * 1024
SIGNATURES = ("RS256", "RS384", "RS512", "PS256", "PS384", "PS512", "ES256", "ES384", "ES512")
"""Made with a key that only the provider has: never `none`, nor HMAC with the client's secret."""
SEVERAL_FACTORS = "mfa"  # RFC 8176, 2

_DISCOVERY = "/.well-known/openid-configuration"
_SIGNED = "application/jwt"
_BASIC, _POST = "client_secret_basic", "client_secret_post"
_CODE = re.compile(r"[a-z_]{1,40}")
_log = structlog.get_logger("etape.openid")

Subject = Annotated[str, StringConstraints(pattern=r"^[ -~]{1,255}$")]  # OpenID Connect Core, 2
Address = Annotated[str, StringConstraints(pattern=r"^[^\s@\x00-\x1f]+@[^\s@\x00-\x1f]+$")]


class ProviderUnreachable(Problem):
    """The identity provider does not answer, or not in time."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = Localized(
        fr="Fournisseur d’identité injoignable", en="The identity provider is out of reach"
    )
    detail = Localized(
        fr="Le fournisseur d’identité ne répond pas. Réessayez dans un instant, "
        "ou connectez-vous par courriel.",
        en="The identity provider does not answer. Try again in a moment, or sign in by e-mail.",
    )


class ProviderNotBelieved(Problem):
    """What the identity provider answered proves nothing to us."""

    status = HTTPStatus.FORBIDDEN
    is_attempt = True
    title = Localized(
        fr="Réponse du fournisseur d’identité refusée",
        en="The identity provider’s answer was refused",
    )
    detail = Localized(
        fr="La réponse du fournisseur d’identité n’a pas pu être vérifiée : vous n’êtes pas "
        "connecté. Recommencez, ou connectez-vous par courriel.",
        en="The identity provider’s answer could not be verified: you are not signed in. "
        "Start again, or sign in by e-mail.",
    )


@dataclass(frozen=True, kw_only=True)
class Question:
    """What one sign-in is recognised by: each at least 32 characters that nobody could guess."""

    state: str
    nonce: str
    verifier: str


@dataclass(frozen=True, kw_only=True)
class Identity:
    """Who the provider says they are. `email` is None unless it says that it is proved."""

    issuer: str
    subject: str
    email: str | None
    has_second_factor: bool
    authenticated_at: datetime | None
    id_token: str


class _Metadata(BaseModel):
    """What the provider publishes of itself (OpenID Connect Discovery, 3)."""

    issuer: str
    authorization_endpoint: AnyHttpUrl
    token_endpoint: AnyHttpUrl
    userinfo_endpoint: AnyHttpUrl
    jwks_uri: AnyHttpUrl
    end_session_endpoint: AnyHttpUrl | None = None
    token_endpoint_auth_methods_supported: list[str] = [_BASIC]
    claims_parameter_supported: bool = False


class _Tokens(BaseModel):
    """What a code is exchanged for."""

    access_token: Annotated[str, StringConstraints(pattern=r"^[!-~]+$")]
    id_token: Annotated[str, StringConstraints(pattern=r"^[\w-]+(\.[\w-]+){2}$")]


class _Proof(BaseModel):
    """What an ID token says beside what makes it one."""

    sub: Subject
    acr: str | None = None
    amr: list[str] = []
    auth_time: Annotated[int, Field(ge=0, lt=2**35)] | None = None


class _Person(BaseModel):
    """What UserInfo says of a person."""

    sub: Subject
    email: Address | None = None
    email_verified: bool | None = Field(default=None, strict=True)


class Provider:
    """The identity provider that the settings name; `callback` is where it sends people back."""

    def __init__(self, settings: Settings, *, callback: str) -> None:
        self.patience = PATIENCE
        self._settings = settings
        self._callback = callback
        self._tls = httpx2.create_ssl_context()  # reads every authority: 80 ms, once
        self._known: tuple[datetime, _Metadata] | None = None

    @property
    def issuer(self) -> str:
        """The name under which it signs. Raises ValueError when none is configured."""
        if self._settings.oidc_issuer is None:
            raise ValueError("ETAPE_OIDC_ISSUER is not set")
        return self._settings.oidc_issuer

    async def address_to_sign_in(self, asked: Question, *, fresh: bool, now: datetime) -> str:
        """Return the address that a browser signs in at; `fresh` wants a new proof even there.

        Raises ProviderUnreachable and ProviderNotBelieved, as all that asks the provider.
        """
        async with self._asking("sign in") as client:
            known = await self._discover(client, now=now)
            address, _ = client.create_authorization_url(
                str(known.authorization_endpoint),
                state=asked.state,
                nonce=asked.nonce,
                code_verifier=asked.verifier if self._settings.oidc_pkce else None,
                prompt="login" if fresh else None,
                **self._levels(known),
            )
        return str(address)

    async def address_to_sign_out(self, id_token: str, *, back: str, now: datetime) -> str | None:
        """Return the address that a browser signs out at; None where the provider has none."""
        async with self._asking("sign out") as client:
            known = await self._discover(client, now=now)
        if known.end_session_endpoint is None:
            return None
        asked = {
            "id_token_hint": id_token,
            "post_logout_redirect_uri": back,
            "state": secrets.token_urlsafe(32),
        }
        return str(add_params_to_uri(str(known.end_session_endpoint), list(asked.items())))

    async def identify(self, code: str, asked: Question, *, now: datetime) -> Identity:
        """Return who the provider's code stands for, once all of its proofs hold."""
        async with self._asking("identify") as client:
            known = await self._discover(client, now=now)
            methods = known.token_endpoint_auth_methods_supported
            client.token_endpoint_auth_method = _POST if _POST in methods else _BASIC
            tokens = _Tokens.model_validate(
                await client.fetch_token(
                    str(known.token_endpoint),
                    grant_type="authorization_code",
                    code=code,
                    code_verifier=asked.verifier if self._settings.oidc_pkce else None,
                )
            )
            # Read each time: sign-ins are rare, and keys that were turned are never missed.
            keys = KeySet.import_key_set(await _json(client, known.jwks_uri))
            proof = self._prove(tokens, keys, asked, now=now)
            person = await self._read_person(client, known, tokens, keys, now=now)
            if person.sub != proof.sub:  # OpenID Connect Core, 5.3.2
                raise ClaimError("sub")
        settings, at = self._settings, proof.auth_time
        is_proved = person.email_verified or (
            person.email_verified is None and settings.oidc_emails_verified
        )
        return Identity(
            issuer=self.issuer,
            subject=proof.sub,
            email=person.email if is_proved else None,
            has_second_factor=SEVERAL_FACTORS in proof.amr
            or proof.acr in settings.oidc_second_factor_acrs.split(),
            authenticated_at=None if at is None else datetime.fromtimestamp(at, UTC),
            id_token=tokens.id_token,
        )

    @asynccontextmanager
    async def _asking(self, step: str) -> AsyncIterator[AsyncOAuth2Client]:
        """Give a client of the provider; whatever fails there becomes one of two problems.

        The log tells which, and quotes nothing that the provider or a person said.
        """
        if in_transaction():
            raise RuntimeError("the identity provider is asked outside of transactions (T8)")
        settings = self._settings
        secret = settings.oidc_client_secret
        client = AsyncOAuth2Client(
            client_id=settings.oidc_client_id,
            client_secret=secret.get_secret_value() if secret else None,
            scope=settings.oidc_scopes,
            redirect_uri=self._callback,
            code_challenge_method="S256",
            verify=self._tls,
            timeout=self.patience,
            headers={"Accept-Encoding": "identity"},
            event_hooks={"response": [_bound]},
        )
        try:
            async with asyncio.timeout(self.patience), client:
                yield client
        except Exception as error:  # noqa: BLE001 - garbage makes libraries raise anything
            kind = ProviderUnreachable if _is_absence(error) else ProviderNotBelieved
            _log.warning("refused", step=step, problem=kind.code(), why=_why(error))
            raise kind from None

    async def _discover(self, client: AsyncOAuth2Client, *, now: datetime) -> _Metadata:
        if self._known is not None and now - self._known[0] < KEPT_FOR:
            return self._known[1]
        address = AnyHttpUrl(self.issuer.rstrip("/") + _DISCOVERY)
        found = _Metadata.model_validate(await _json(client, address))
        if found.issuer != self.issuer:  # OpenID Connect Discovery, 4.3
            raise ClaimError("issuer")
        addresses = [value for value in dict(found).values() if isinstance(value, AnyHttpUrl)]
        if self.issuer.startswith("https:") and any(one.scheme != "https" for one in addresses):
            raise ValueError("a provider on TLS sends elsewhere without it")
        self._known = (now, found)
        return found

    def _levels(self, known: _Metadata) -> dict[str, str]:
        """Return what asks how surely a person is known, as this provider lets it be asked.

        ProConnect tells `acr` and `amr` to who names them in `claims`, and refuses what it does not
        list; with `claims`, `acr_values` would say the same thing twice (Core, 5.5.1.1).
        """
        wanted = self._settings.oidc_acr_values.split()
        if not known.claims_parameter_supported:
            return {"acr_values": " ".join(wanted)} if wanted else {}
        acr = {"essential": True, "values": wanted} if wanted else None
        return {"claims": json.dumps({"id_token": {"acr": acr, "amr": None, "auth_time": None}})}

    def _prove(self, tokens: _Tokens, keys: KeySet, asked: Question, *, now: datetime) -> _Proof:
        read = jwt.decode(tokens.id_token, keys, algorithms=SIGNATURES)
        client_id = self._settings.oidc_client_id
        claims = CodeIDToken(
            read.claims,
            read.header,
            options=self._addressed(),
            params={
                "nonce": asked.nonce,
                "client_id": client_id,
                "access_token": tokens.access_token,
            },
        )
        claims.validate(now=int(now.timestamp()), leeway=LEEWAY_SECONDS)
        return _Proof.model_validate(dict(claims))

    async def _read_person(
        self,
        client: AsyncOAuth2Client,
        known: _Metadata,
        tokens: _Tokens,
        keys: KeySet,
        *,
        now: datetime,
    ) -> _Person:
        # Authlib would refuse a token that lives a minute, as ProConnect's, as good as expired.
        bearer = {"Authorization": f"Bearer {tokens.access_token}"}
        address = str(known.userinfo_endpoint)
        answer = await client.request("GET", address, withhold_token=True, headers=bearer)
        answer.raise_for_status()
        media_type = answer.headers.get("content-type", "").partition(";")[0].strip().lower()
        if media_type == _SIGNED:
            said = jwt.decode(answer.text, keys, algorithms=SIGNATURES).claims
            registry = jwt.JWTClaimsRegistry(
                int(now.timestamp()), LEEWAY_SECONDS, **self._addressed()
            )
            registry.validate(said)
        elif self._settings.oidc_userinfo_signed:
            raise ValueError("UserInfo is not signed")
        else:
            said = answer.json()
        return _Person.model_validate(said)

    def _addressed(self) -> dict[str, Any]:
        """Return what a token must say of who wrote it, and for whom."""
        return {
            "iss": {"essential": True, "value": self.issuer},
            "aud": {"essential": True, "value": self._settings.oidc_client_id},
        }


class _Bounded(httpx2.AsyncByteStream):
    """The body of an answer, up to a limit."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    @override
    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MAX_ANSWER_BYTES
        async for chunk in self._stream:
            left -= len(chunk)
            if left < 0:
                raise ValueError("the answer is too long")
            yield chunk

    @override
    async def aclose(self) -> None:
        await self._stream.aclose()


async def _bound(answer: httpx2.Response) -> None:
    if isinstance(answer.stream, httpx2.AsyncByteStream):
        answer.stream = _Bounded(answer.stream)


async def _json(client: AsyncOAuth2Client, address: AnyHttpUrl) -> Any:
    answer = await client.request("GET", str(address), withhold_token=True)
    answer.raise_for_status()
    return answer.json()


def _is_absence(error: Exception) -> bool:
    """Whether the provider is away, rather than wrong."""
    if isinstance(error, httpx2.HTTPStatusError):
        return error.response.status_code >= HTTPStatus.INTERNAL_SERVER_ERROR
    return isinstance(error, TimeoutError | httpx2.TransportError)


def _why(error: Exception) -> str:
    """Return what a log may say of an error: its kind, its place, and its code if it has one."""
    place = traceback.extract_tb(error.__traceback__)[-1]
    words = [type(error).__name__, f"{Path(place.filename).name}:{place.lineno}"]
    if isinstance(error, JoseError | AuthlibBaseError) and _CODE.fullmatch(str(error.error)):
        words.append(str(error.error))
    if isinstance(error, ClaimError):
        words.append(error.claim)
    return " ".join(words)
