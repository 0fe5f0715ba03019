"""What is wrong with a field, as a sentence a person understands, in both languages.

Pydantic's own messages speak of Python types, and its locations leak how a shape is built: neither
leaves the server.
"""

from collections.abc import Mapping, Sequence
from typing import Any

from fastapi.exceptions import RequestValidationError
from pydantic import ValidationError

from etape.core.problems import BadRequest, Invalid, Problem
from etape.core.texts import Localized

_DATE = (
    "Une date est attendue, par exemple 2027-03-15.",
    "A date is expected, for example 2027-03-15.",
)
_TIME = ("Une heure est attendue, par exemple 17:00.", "An hour is expected, for example 17:00.")
_DURATION = (
    "Une durée est attendue, par exemple PT1H30M.",
    "A duration is expected, for example PT1H30M.",
)
_INSTANT = (
    "Une date et une heure sont attendues, par exemple 2027-03-15T12:00:00+01:00.",
    "A date and an hour are expected, for example 2027-03-15T12:00:00+01:00.",
)
_SENTENCES: dict[str, tuple[str, str]] = {
    "missing": ("Ce champ est requis.", "This field is required."),
    "extra_forbidden": ("Ce champ n’existe pas.", "This field does not exist."),
    "string_too_short": ("Ce champ ne peut pas être vide.", "This field cannot be empty."),
    "string_too_long": (
        "Ce texte est trop long : {max_length} caractères au plus.",
        "This text is too long: {max_length} characters at most.",
    ),
    "string_pattern_mismatch": (
        "Ce texte contient des caractères qui ne sont pas acceptés ici.",
        "This text holds characters that are not accepted here.",
    ),
    "string_type": ("Un texte est attendu.", "A text is expected."),
    "string_unicode": ("Ce texte n’est pas lisible.", "This text cannot be read."),
    "enum": ("Choix possibles : {expected}.", "Possible choices: {expected}."),
    "literal_error": ("Choix possibles : {expected}.", "Possible choices: {expected}."),
    "union_tag_invalid": (
        "Choix possibles pour {discriminator} : {expected_tags}.",
        "Possible choices for {discriminator}: {expected_tags}.",
    ),
    "union_tag_not_found": (
        "Le champ {discriminator} est requis.",
        "The field {discriminator} is required.",
    ),
    "bool_type": ("Répondez par true ou false.", "Answer with true or false."),
    "bool_parsing": ("Répondez par true ou false.", "Answer with true or false."),
    "int_parsing": ("Un nombre entier est attendu.", "A whole number is expected."),
    "int_type": ("Un nombre entier est attendu.", "A whole number is expected."),
    "int_from_float": ("Un nombre entier est attendu.", "A whole number is expected."),
    "greater_than_equal": ("La valeur minimale est {ge}.", "The lowest value is {ge}."),
    "less_than_equal": ("La valeur maximale est {le}.", "The highest value is {le}."),
    "too_short": ("Il en faut au moins {min_length}.", "At least {min_length} needed."),
    "too_long": ("Il en faut au plus {max_length}.", "At most {max_length} accepted."),
    "uuid_parsing": ("Cet identifiant n’est pas valide.", "This identifier is not valid."),
    "uuid_type": ("Cet identifiant n’est pas valide.", "This identifier is not valid."),
    "date_type": _DATE,
    "date_parsing": _DATE,
    "date_from_datetime_parsing": _DATE,
    "date_from_datetime_inexact": (
        "Une date sans heure est attendue, par exemple 2027-03-15.",
        "A date without an hour is expected, for example 2027-03-15.",
    ),
    "date_past": ("Une date passée est attendue.", "A date in the past is expected."),
    "date_future": ("Une date à venir est attendue.", "A date to come is expected."),
    "time_type": _TIME,
    "time_parsing": _TIME,
    "time_delta_type": _DURATION,
    "time_delta_parsing": _DURATION,
    "datetime_type": _INSTANT,
    "datetime_parsing": _INSTANT,
    "datetime_from_date_parsing": _INSTANT,
    "datetime_object_invalid": _INSTANT,
    "datetime_past": ("Un instant passé est attendu.", "An instant in the past is expected."),
    "datetime_future": ("Un instant à venir est attendu.", "An instant to come is expected."),
    "timezone_aware": (
        "Dites le fuseau de cette heure, par exemple 2027-03-15T12:00:00+01:00.",
        "State the zone of this hour, for example 2027-03-15T12:00:00+01:00.",
    ),
    "timezone_naive": (
        "Une heure sans fuseau est attendue, par exemple 2027-03-15T12:00.",
        "An hour without a zone is expected, for example 2027-03-15T12:00.",
    ),
    "timezone_offset": (
        "Un autre fuseau est attendu pour cette heure.",
        "Another zone is expected for this hour.",
    ),
    "email": (
        "Cette adresse ne ressemble pas à une adresse électronique : vérifiez-la.",
        "This does not look like an e-mail address: check it.",
    ),
}
NO_SUCH_FIELD = Localized(fr=_SENTENCES["extra_forbidden"][0], en=_SENTENCES["extra_forbidden"][1])
_FALLBACK = ("Cette valeur n’est pas acceptée.", "This value is not accepted.")
_PLACES = {"query": "?{}", "path": "{{{}}}", "header": "{}", "cookie": "{}"}


def problem_of(error: RequestValidationError) -> Problem:
    """Return the problem that says which fields of a request are wrong and why."""
    details: Sequence[Mapping[str, Any]] = error.errors()
    if any(detail["type"] == "json_invalid" for detail in details):
        return BadRequest()
    return Invalid(errors=[(_pointer(detail, error.body), _sentence(detail)) for detail in details])


def errors_in(error: ValidationError, content: Any) -> list[tuple[str, Localized]]:
    """Return which fields of a content are wrong, by their pointers, and why."""
    details: Sequence[Mapping[str, Any]] = error.errors()
    told = [{**detail, "loc": ("body", *detail["loc"])} for detail in details]
    return [(_pointer(detail, content), _sentence(detail)) for detail in told]


def _sentence(detail: Mapping[str, Any]) -> Localized:
    kind, context = detail["type"], dict(detail.get("ctx") or {})
    own = context.get("localized")
    if isinstance(own, Localized):
        return own
    if kind == "value_error" and "email" in detail["msg"]:
        kind = "email"
    french, english = _SENTENCES.get(kind, _FALLBACK)
    return Localized(
        fr=french.format(**context).replace(" or ", " ou "), en=english.format(**context)
    )


def _pointer(detail: Mapping[str, Any], body: Any) -> str:
    place, *path = detail["loc"]
    if place != "body":
        return _PLACES.get(str(place), "{}").format(path[0] if path else place)
    # Names such as `function-after[…]`, or that of an option, are how Pydantic built the shape: a
    # field is what the body has, or lacks.
    pointer, here = "", body
    for rank, step in enumerate(path, start=1):
        is_there = step in here if isinstance(here, dict) else isinstance(here, list)
        if is_there:
            here = here[step]
        elif detail["type"] != "missing" or rank < len(path):
            continue
        pointer += "/" + str(step).replace("~", "~0").replace("/", "~1")
    return pointer
