"""Every refusal is a problem (RFC 9457): one class per rule, declared beside the rule it protects.

A problem says in the reader's language what is wrong, which field, and what to do next. It never
carries a stack trace, SQL or what somebody typed.
"""

import re
from collections.abc import Mapping, Sequence
from http import HTTPStatus
from typing import Any, ClassVar

from pydantic import BaseModel, ConfigDict, Field

from etape.core.texts import Language, Localized, Spoken

MEDIA_TYPE = "application/problem+json"


class FieldError(Spoken):
    """What is wrong with one field of the request."""

    pointer: str = Field(
        description="The field: a JSON Pointer into the body (RFC 6901), or `?name`, `{name}`, "
        "`Header-Name` for what is not in the body.",
        examples=["/email"],
    )
    detail: str = Field(description="What is wrong with it, in the reader's language.")


class ProblemShape(BaseModel):
    """A refusal, as RFC 9457 writes it. Some problems add members of their own."""

    model_config = ConfigDict(extra="allow", title="Problem")

    type: str = Field(description="Which rule refused; stable.", examples=["/problems/not-found"])
    title: str = Field(description="The rule in a few words, in the reader's language.")
    status: int = Field(description="The HTTP status.", examples=[404])
    detail: str = Field(description="What happened and what to do next, in the reader's language.")
    request_id: str = Field(description="What to quote when asking for help.")
    errors: list[FieldError] = Field(default=[], description="The fields at fault, if any.")


class Problem(Exception):  # noqa: N818 - RFC 9457 names it so, and subclasses are named by the rule
    """A refusal. Subclasses set `status`, `title` and, unless each raise gives one, `detail`.

    `keeps_work`: what the request wrote before it was refused is kept, a wrong guess counted. (A
    transaction of its own would need a second connection, and ten guesses at once the whole pool.)
    `is_attempt`: it is said to who tries a door that is not theirs, and the journal has it.
    """

    status: ClassVar[HTTPStatus]
    title: ClassVar[Localized]
    keeps_work: ClassVar[bool] = False
    is_attempt: ClassVar[bool] = False
    detail: Localized

    def __init__(
        self,
        detail: Localized | None = None,
        *,
        errors: Sequence[tuple[str, Localized]] = (),
        headers: Mapping[str, str] | None = None,
        **members: Any,
    ) -> None:
        if detail is not None:
            self.detail = detail
        self.errors = tuple(errors)
        self.headers = dict(headers or {})
        self.members = members
        super().__init__(self.code())

    @classmethod
    def code(cls) -> str:
        """Return the rule's stable name, from the class's: `StopClosed` is `stop-closed`."""
        return re.sub(r"(?<!^)(?=[A-Z])", "-", cls.__name__).lower()

    def shape(self, *, language: Language, request_id: str) -> ProblemShape:
        """Return the problem as it is spoken to one reader."""
        return ProblemShape(
            type=f"/problems/{self.code()}",
            title=self.title.in_language(language),
            status=self.status,
            detail=self.detail.in_language(language),
            request_id=request_id,
            errors=[
                FieldError(pointer=pointer, detail=sentence.in_language(language))
                for pointer, sentence in self.errors
            ],
            **self.members,
        )


class BadRequest(Problem):
    """The request cannot be read at all."""

    status = HTTPStatus.BAD_REQUEST
    title = Localized(fr="Demande illisible", en="Unreadable request")
    detail = Localized(
        fr="La demande n’a pas pu être lue. Vérifiez qu’elle est écrite en JSON valide.",
        en="The request could not be read. Check that it is valid JSON.",
    )


class NotFound(Problem):
    """Nothing of that name is published."""

    status = HTTPStatus.NOT_FOUND
    title = Localized(fr="Introuvable", en="Not found")
    detail = Localized(
        fr="Rien n’est publié à cette adresse. Vérifiez le lien, ou repartez de la recherche.",
        en="Nothing is published at this address. Check the link, or start again from search.",
    )


class MethodNotAllowed(Problem):
    """The address exists and does not do that."""

    status = HTTPStatus.METHOD_NOT_ALLOWED
    title = Localized(fr="Méthode refusée", en="Method not allowed")
    detail = Localized(
        fr="Cette adresse ne répond pas à cette méthode ; l’en-tête Allow dit auxquelles.",
        en="This address does not answer this method; the Allow header says which it does.",
    )


class Conflict(Problem):
    """The database refuses what the rules had not foreseen (a uniqueness, a reference)."""

    status = HTTPStatus.CONFLICT
    title = Localized(fr="Conflit", en="Conflict")
    detail = Localized(
        fr="Quelqu’un vient de modifier la même chose. Rechargez la page, puis recommencez.",
        en="Somebody just changed the same thing. Reload the page, then try again.",
    )


class TooLarge(Problem):
    """The body passes the limit of this route."""

    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE
    title = Localized(fr="Envoi trop volumineux", en="Body too large")
    detail = Localized(
        fr="L’envoi dépasse la taille acceptée à cette adresse.",
        en="The body is larger than what is accepted at this address.",
    )


class UnsupportedMediaType(Problem):
    """The body is not of a kind that this address reads: JSON, unless it says otherwise."""

    status = HTTPStatus.UNSUPPORTED_MEDIA_TYPE
    title = Localized(fr="Format non pris en charge", en="Unsupported media type")
    detail = Localized(
        fr="Cette adresse ne lit que du JSON : envoyez Content-Type: application/json.",
        en="This address only reads JSON: send Content-Type: application/json.",
    )


class Invalid(Problem):
    """The request is ill-formed: each field at fault is in `errors`."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Demande à corriger", en="Request to correct")
    detail = Localized(
        fr="Certains champs sont à corriger ; rien n’a été enregistré.",
        en="Some fields need correcting; nothing was saved.",
    )


class InternalError(Problem):
    """Our fault: the details are in the log under the request's id."""

    status = HTTPStatus.INTERNAL_SERVER_ERROR
    title = Localized(fr="Erreur de notre côté", en="Error on our side")
    detail = Localized(
        fr="Une erreur est survenue de notre côté et a été consignée. Rien n’a été enregistré ; "
        "réessayez dans un instant.",
        en="Something failed on our side and was recorded. Nothing was saved; try again shortly.",
    )


class Unavailable(Problem):
    """The database is away or overloaded: the same request may succeed in a moment."""

    status = HTTPStatus.SERVICE_UNAVAILABLE
    title = Localized(fr="Service momentanément indisponible", en="Briefly unavailable")
    detail = Localized(
        fr="Le service est momentanément indisponible. Réessayez dans quelques secondes : "
        "une demande déjà acceptée ne sera pas faite deux fois.",
        en="The service is briefly unavailable. Try again in a few seconds: "
        "a request already accepted will not be carried out twice.",
    )

    def __init__(self) -> None:
        super().__init__(headers={"Retry-After": "2"})
