"""What is asked of a passkey and how its answer is verified, by `webauthn` (WebAuthn Level 3).

Always by a discoverable key with user verification: it is two factors in one gesture. The library
takes a tenth of a start: it is loaded when the first passkey shows.
"""

import hashlib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from pydantic import AnyHttpUrl

from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.identity.passkeys.schemas import Assertion, FromBrowser, NewCredential

LIVES = timedelta(minutes=5)
"""How long a challenge may be answered."""

OURS = "Étape"


class PasskeyRefused(Problem):
    """The passkey's answer does not verify; its challenge is spent all the same."""

    status = HTTPStatus.FORBIDDEN
    is_attempt = True
    title = Localized(fr="Clé d’accès refusée", en="Passkey refused")
    detail = Localized(
        fr="Cette clé d’accès n’a pas été reconnue, ou la demande a trop attendu. Recommencez, ou "
        "connectez-vous autrement.",
        en="This passkey was not recognised, or the request waited too long. Try again, or sign "
        "in another way.",
    )
    keeps_work = True


class PasskeyKnown(Problem):
    """This authenticator already holds a passkey of ours."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Clé d’accès déjà connue", en="Passkey already known")
    detail = Localized(
        fr="Cette clé d’accès est déjà enregistrée.", en="This passkey is already registered."
    )


@dataclass(frozen=True, kw_only=True)
class House:
    """Whom a passkey is for: us, by our address (the relying party, in WebAuthn's words)."""

    name: str
    origin: str

    @classmethod
    def at(cls, public_url: AnyHttpUrl) -> "House":
        """Return the house at an address. Browsers refuse 127.0.0.1: it is no domain."""
        return cls(name=public_url.host or "", origin=str(public_url).rstrip("/"))


@dataclass(frozen=True, kw_only=True)
class Known:
    """A passkey as its verification needs it."""

    credential_id: bytes
    transports: Sequence[str] = ()
    public_key: bytes = b""
    sign_count: int = 0


def creation_options(
    house: House, challenge: bytes, *, member_id: UUID, email: str, name: str, held: Sequence[Known]
) -> dict[str, Any]:
    """Return what the browser is told to make a passkey; those `held` are not made twice."""
    import webauthn  # noqa: PLC0415 - the module's first lines say why
    from webauthn.helpers import options_to_json_dict, structs  # noqa: PLC0415 - same

    options = webauthn.generate_registration_options(
        rp_id=house.name,
        rp_name=OURS,
        user_id=member_id.bytes,
        user_name=email,
        user_display_name=name,
        challenge=challenge,
        timeout=int(LIVES.total_seconds() * 1000),
        authenticator_selection=structs.AuthenticatorSelectionCriteria(
            resident_key=structs.ResidentKeyRequirement.REQUIRED,
            user_verification=structs.UserVerificationRequirement.REQUIRED,
        ),
        exclude_credentials=_described(held),
    )
    return options_to_json_dict(options)


def request_options(house: House, challenge: bytes, *, held: Sequence[Known]) -> dict[str, Any]:
    """Return what the browser is told to show a passkey: one of those `held`; none: any of ours."""
    import webauthn  # noqa: PLC0415 - same
    from webauthn.helpers import options_to_json_dict, structs  # noqa: PLC0415 - same

    options = webauthn.generate_authentication_options(
        rp_id=house.name,
        challenge=challenge,
        timeout=int(LIVES.total_seconds() * 1000),
        allow_credentials=_described(held),
        user_verification=structs.UserVerificationRequirement.REQUIRED,
    )
    return options_to_json_dict(options)


def _described(held: Sequence[Known]) -> list[Any]:
    from webauthn.helpers import structs  # noqa: PLC0415 - same

    kinds = {kind.value: kind for kind in structs.AuthenticatorTransport}
    return [
        structs.PublicKeyCredentialDescriptor(
            id=each.credential_id, transports=[kinds[t] for t in each.transports if t in kinds]
        )
        for each in held
    ]


def challenge_in(answer: NewCredential | Assertion) -> bytes:
    """Return the challenge that a browser answers to, to look it up. Raises PasskeyRefused."""
    from webauthn.helpers import base64url_to_bytes, parse_client_data_json  # noqa: PLC0415 - same

    try:
        return parse_client_data_json(base64url_to_bytes(answer.response.client_data)).challenge
    except Exception:  # noqa: BLE001 - hostile bytes: whatever the library trips on is refused
        raise PasskeyRefused from None


def digest_of(challenge: bytes) -> bytes:
    """Return what is stored of a challenge."""
    return hashlib.sha256(challenge).digest()


def verified_creation(house: House, answer: NewCredential, challenge: bytes) -> Known:
    """Return the passkey that was made. Raises PasskeyRefused."""
    import webauthn  # noqa: PLC0415 - same

    try:
        made = webauthn.verify_registration_response(
            credential=_as_sent(answer),
            expected_challenge=challenge,
            expected_rp_id=house.name,
            expected_origin=house.origin,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001 - hostile bytes: whatever the library trips on is refused
        raise PasskeyRefused from None
    return Known(
        credential_id=made.credential_id,
        public_key=made.credential_public_key,
        sign_count=made.sign_count,
        transports=answer.response.transports,
    )


def verified_count(house: House, answer: Assertion, challenge: bytes, *, known: Known) -> int:
    """Return what the passkey's authenticator counts, which only goes up. Raises PasskeyRefused."""
    import webauthn  # noqa: PLC0415 - same

    try:
        shown = webauthn.verify_authentication_response(
            credential=_as_sent(answer),
            expected_challenge=challenge,
            expected_rp_id=house.name,
            expected_origin=house.origin,
            credential_public_key=known.public_key,
            credential_current_sign_count=known.sign_count,
            require_user_verification=True,
        )
    except Exception:  # noqa: BLE001 - hostile bytes: whatever the library trips on is refused
        raise PasskeyRefused from None
    return shown.new_sign_count


def credential_id_of(answer: Assertion) -> bytes:
    """Return which passkey a browser says that it shows. Raises PasskeyRefused."""
    return _bytes_of(answer.raw_id)


def user_of(answer: Assertion) -> bytes | None:
    """Return whose passkey a browser says that it shows, if it says so. Raises PasskeyRefused."""
    return None if answer.response.user is None else _bytes_of(answer.response.user)


def _bytes_of(sent: str) -> bytes:
    from webauthn.helpers import base64url_to_bytes  # noqa: PLC0415 - same

    try:
        return base64url_to_bytes(sent)
    except ValueError:
        raise PasskeyRefused from None


def _as_sent(answer: FromBrowser) -> dict[str, Any]:
    return answer.model_dump(mode="json", by_alias=True, exclude_none=True)
