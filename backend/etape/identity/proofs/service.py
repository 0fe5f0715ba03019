"""Second factors: enrolled, shown, removed; each proof raises the browser's session.

A proof that is refused is counted, and journalled: that is kept though the request is refused.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from pydantic import SecretStr
from sqlmodel.ext.asyncio.session import AsyncSession

from etape.core.access import Actor, Level, Unauthenticated
from etape.core.settings import Settings
from etape.identity.authenticators import service as authenticators
from etape.identity.authenticators.rules import OneTimeCodeRefused
from etape.identity.authenticators.schemas import AuthenticatorEnrolment, RecoveryCodes
from etape.identity.members import service as members
from etape.identity.members.tables import Member
from etape.identity.passkeys import service as passkeys
from etape.identity.passkeys.rules import House, PasskeyRefused
from etape.identity.passkeys.schemas import Assertion, PasskeyRead, PasskeyRequest
from etape.identity.proofs import rules
from etape.identity.proofs.schemas import PasskeyProof, Proof, RecoveryProof, SecondFactors
from etape.identity.sessions import service as sessions


@dataclass(frozen=True, kw_only=True)
class Browser:
    """A member in one of their browsers, who asks for something about their second factors."""

    member_id: UUID
    session_id: UUID
    level: Level

    @classmethod
    def of(cls, actor: Actor) -> "Browser":
        """Return the browser of an actor. Raises Unauthenticated for who has none."""
        if actor.member_id is None or actor.session_id is None:
            raise Unauthenticated
        return cls(member_id=actor.member_id, session_id=actor.session_id, level=actor.level)


async def factors_of(session: AsyncSession, member_id: UUID) -> SecondFactors:
    """Return which second factors a member has."""
    return SecondFactors(
        passkeys=(await passkeys.counts_of(session, [member_id])).get(member_id, 0),
        authenticator=member_id in await authenticators.confirmed_of(session, [member_id]),
        recovery_codes=await authenticators.recovery_codes_left(session, member_id),
    )


async def counts_of(session: AsyncSession, ids: Sequence[UUID]) -> dict[UUID, int]:
    """Return how many second factors each of these members has."""
    keys = await passkeys.counts_of(session, ids)
    apps = await authenticators.confirmed_of(session, ids)
    return {each: keys.get(each, 0) + (each in apps) for each in ids}


async def _enrolling(session: AsyncSession, browser: Browser) -> Member:
    """Return a member who may enrol a second factor. Raises the problems of `rules`."""
    member = await members.locked(session, browser.member_id)
    rules.refuse_enrolment(browser.level, await factors_of(session, member.id))
    return member


async def passkey_creation_options(
    session: AsyncSession, browser: Browser, house: House, *, now: datetime
) -> dict[str, Any]:
    """Return what a member's browser is told to make a passkey."""
    member = await _enrolling(session, browser)
    return await passkeys.creation_options(
        session, house, member, session_id=browser.session_id, now=now
    )


async def enrol_passkey(
    session: AsyncSession, browser: Browser, house: House, wanted: PasskeyRequest, *, now: datetime
) -> tuple[PasskeyRead, str]:
    """Keep a member's new passkey; return it, and the browser's new token."""
    member = await _enrolling(session, browser)
    passkey = await passkeys.enrol(
        session, house, member.id, wanted, session_id=browser.session_id, now=now
    )
    changes = {"passkey": (None, passkey.name)}
    await members.record(session, member.id, "passkey_added", changes=changes, now=now)
    return passkey, await sessions.rise(session, browser.session_id, now=now)


async def remove_passkey(
    session: AsyncSession, browser: Browser, passkey_id: UUID, *, now: datetime
) -> None:
    """Forget one of a member's passkeys. Raises NotFound, LastSecondFactor."""
    member = await members.locked(session, browser.member_id)
    had = await factors_of(session, member.id)
    name = await passkeys.remove(session, member.id, passkey_id)
    rules.refuse_removing_last(had)
    changes = {"passkey": (name, None)}
    await members.record(session, member.id, "passkey_removed", changes=changes, now=now)


async def begin_authenticator(
    session: AsyncSession, browser: Browser, *, keys: Sequence[SecretStr], now: datetime
) -> AuthenticatorEnrolment:
    """Return what a member's authenticator app needs; nothing changes before its first code."""
    member = await _enrolling(session, browser)
    return await authenticators.begin(session, member, keys=keys, now=now)


async def confirm_authenticator(
    session: AsyncSession,
    browser: Browser,
    code: str,
    *,
    keys: Sequence[SecretStr],
    now: datetime,
) -> tuple[RecoveryCodes, str]:
    """Take the first code of an app; return recovery codes, and the browser's new token."""
    member = await _enrolling(session, browser)
    await authenticators.confirm(session, member.id, code, keys=keys, now=now)
    codes = await authenticators.new_recovery_codes(session, member.id)
    await members.record(session, member.id, "authenticator_added", now=now)
    return codes, await sessions.rise(session, browser.session_id, now=now)


async def remove_authenticator(session: AsyncSession, browser: Browser, *, now: datetime) -> None:
    """Forget a member's authenticator app. Raises NotFound, LastSecondFactor."""
    member = await members.locked(session, browser.member_id)
    had = await factors_of(session, member.id)
    await authenticators.remove(session, member.id)
    rules.refuse_removing_last(had)
    await members.record(session, member.id, "authenticator_removed", now=now)


async def renew_recovery_codes(
    session: AsyncSession, browser: Browser, *, now: datetime
) -> RecoveryCodes:
    """Return ten recovery codes, instead of those that the member had."""
    member = await members.locked(session, browser.member_id)
    codes = await authenticators.new_recovery_codes(session, member.id)
    await members.record(session, member.id, "recovery_codes_renewed", now=now)
    return codes


async def passkey_request_options(
    session: AsyncSession, browser: Browser, house: House, *, now: datetime
) -> dict[str, Any]:
    """Return what a member's browser is told to show one of their passkeys."""
    return await passkeys.request_options(
        session, house, member_id=browser.member_id, session_id=browser.session_id, now=now
    )


async def prove(
    session: AsyncSession, browser: Browser, proof: Proof, *, settings: Settings, now: datetime
) -> str:
    """Take a second factor, and return the browser's new token.

    Raises PasskeyRefused, OneTimeCodeRefused; both count, and one too many signs the browser out.
    """
    await sessions.locked(session, browser.session_id)
    told = {"with": (None, proof.kind)}
    try:
        await _take(session, browser, proof, settings=settings, now=now)
    except (PasskeyRefused, OneTimeCodeRefused):
        await sessions.count_failure(session, browser.session_id, now=now)
        raise
    act = "signed_in" if browser.level is Level.MAILED else "proved_again"
    await members.record(session, browser.member_id, act, changes=told, now=now)
    return await sessions.rise(session, browser.session_id, now=now)


async def _take(
    session: AsyncSession, browser: Browser, proof: Proof, *, settings: Settings, now: datetime
) -> None:
    if isinstance(proof, PasskeyProof):
        await passkeys.recognise(
            session,
            House.at(settings.public_url),
            proof.credential,
            member_id=browser.member_id,
            session_id=browser.session_id,
            now=now,
        )
    elif isinstance(proof, RecoveryProof):
        await authenticators.take_recovery_code(session, browser.member_id, proof.code, now=now)
    else:
        keys = settings.sealing_keys
        await authenticators.take_code(session, browser.member_id, proof.code, keys=keys, now=now)


async def sign_in_by_passkey(
    session: AsyncSession,
    house: House,
    answer: Assertion,
    *,
    browser: str,
    instead_of: str | None,
    now: datetime,
) -> str:
    """Sign in whoever shows a passkey of ours, and return their browser's token.

    Raises PasskeyRefused.
    """
    member_id = await passkeys.recognise(session, house, answer, now=now)
    told = {"with": (None, "passkey")}
    await members.record(session, member_id, "signed_in", changes=told, now=now)
    return await sessions.open_session(
        session,
        member_id,
        level=Level.FRESH,
        browser=browser,
        now=now,
        instead_of=instead_of,
    )


async def forget_factors(session: AsyncSession, member_id: UUID) -> None:
    """Forget a member's passkeys, authenticator app and recovery codes."""
    await passkeys.remove_all(session, member_id)
    await authenticators.remove_all(session, member_id)
