"""Signing in at an identity provider: what binds it to one browser, and what it proves here."""

import base64
import hashlib
import hmac
from datetime import datetime, timedelta
from http import HTTPStatus

from etape.core.access import Level
from etape.core.openid import Identity, Question
from etape.core.problems import Problem
from etape.core.texts import Localized
from etape.identity.sessions.rules import FRESH_FOR

ATTEMPT_FOR = timedelta(minutes=10)


class SignInNotBegun(Problem):
    """No sign-in of this browser awaits this answer: forged, of another browser, old or used."""

    status = HTTPStatus.BAD_REQUEST
    is_attempt = True
    title = Localized(fr="Connexion à recommencer", en="Sign-in to start again")
    detail = Localized(
        fr="Cette connexion n’a pas commencé dans ce navigateur, a déjà servi, ou a duré trop "
        "longtemps. Recommencez depuis la page de connexion.",
        en="This sign-in did not begin in this browser, was already used, or took too long. "
        "Start again from the sign-in page.",
    )


class ProviderDeclined(Problem):
    """The provider sent the browser back without a proof, perhaps at the person's wish."""

    status = HTTPStatus.FORBIDDEN
    title = Localized(fr="Connexion interrompue", en="Sign-in interrupted")
    detail = Localized(
        fr="Le fournisseur d’identité n’a pas confirmé qui vous êtes. Recommencez, ou "
        "connectez-vous par courriel.",
        en="The identity provider did not confirm who you are. Start again, or sign in by e-mail.",
    )


class AddressNotProved(Problem):
    """The account is not known here yet, and its address proves nothing."""

    status = HTTPStatus.FORBIDDEN
    title = Localized(fr="Adresse non vérifiée", en="Address not verified")
    detail = Localized(
        fr="Le fournisseur d’identité n’a pas vérifié votre adresse électronique. Faites-la "
        "vérifier chez lui, ou connectez-vous par courriel.",
        en="The identity provider has not verified your e-mail address. Have it verified there, "
        "or sign in by e-mail.",
    )


class NotOfTheTeam(Problem):
    """We know for sure who this is, and they are not a member, or no longer."""

    status = HTTPStatus.FORBIDDEN
    is_attempt = True
    title = Localized(fr="Hors de l’équipe", en="Not of the team")
    detail = Localized(
        fr="Votre compte ne correspond à personne de l’équipe. Demandez une invitation à une "
        "personne coordinatrice.",
        en="Your account is nobody’s of the team. Ask a coordinator for an invitation.",
    )


class AnotherAccount(Problem):
    """The member signs in with another account of this provider: an address may change hands."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Autre compte déjà lié", en="Another account is linked")
    detail = Localized(
        fr="Cette adresse est celle d’une personne qui se connecte ici avec un autre compte du "
        "même fournisseur. Une personne coordinatrice peut délier cet ancien compte.",
        en="This address is that of somebody who signs in here with another account of the same "
        "provider. A coordinator can unlink that former account.",
    )


def digest_of(secret: str) -> bytes:
    """Return what is stored of the secret that a browser keeps during a sign-in."""
    return hashlib.sha256(secret.encode()).digest()


def question_of(secret: str) -> Question:
    """Return what the provider is asked with: drawn from the secret, which it never learns."""

    def drawn(name: str) -> str:
        mac = hmac.digest(secret.encode(), name.encode(), "sha256")
        return base64.urlsafe_b64encode(mac).decode().rstrip("=")

    return Question(state=drawn("state"), nonce=drawn("nonce"), verifier=drawn("verifier"))


def is_answer_to(secret: str, state: str) -> bool:
    """Whether this state is the one that the browser left with."""
    return hmac.compare_digest(question_of(secret).state.encode(), state.encode())


def level_of(identity: Identity, *, now: datetime) -> Level:
    """Return what the provider's proof is worth here.

    Without a second factor there, ours is asked for. A proof is fresh unless the provider, where
    one is signed in all day, tells that it was given long ago.
    """
    if not identity.has_second_factor:
        return Level.MAILED
    given_at = identity.authenticated_at
    return Level.FRESH if given_at is None or now - given_at < FRESH_FOR else Level.SIGNED_IN
