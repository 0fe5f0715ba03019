"""Any exception becomes a problem here, once, for routes and for what happens outside of them."""

from http import HTTPStatus

from fastapi import Request
from fastapi.exceptions import RequestValidationError
from fastapi.responses import Response
from sqlalchemy.exc import DBAPIError, InterfaceError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from starlette.exceptions import HTTPException
from structlog.contextvars import get_contextvars

from etape.core import database, problems, validation
from etape.core.problems import MEDIA_TYPE, Problem
from etape.core.texts import preferred_language

_BY_STATUS: dict[int, type[Problem]] = {
    HTTPStatus.BAD_REQUEST: problems.BadRequest,
    HTTPStatus.NOT_FOUND: problems.NotFound,
    HTTPStatus.METHOD_NOT_ALLOWED: problems.MethodNotAllowed,
    HTTPStatus.REQUEST_ENTITY_TOO_LARGE: problems.TooLarge,
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: problems.UnsupportedMediaType,
}
# PostgreSQL's error classes (its manual, appendix A): who has to do something about it.
_CLASHES = ("23",)
_ILL_FORMED = ("22",)
_PASSING = ("08", "40", "53", "55P03", "57")


def as_problem(error: Exception) -> Problem | None:
    """Return the problem that tells this error, or None when it is our own fault."""
    if isinstance(error, Problem):
        return error
    if isinstance(error, RequestValidationError):
        return validation.problem_of(error)
    if isinstance(error, HTTPException):
        kind = _BY_STATUS.get(error.status_code)
        return kind(headers=error.headers or {}) if kind else None
    if isinstance(error, InterfaceError | PoolTimeout | OSError):
        return problems.Unavailable()
    if isinstance(error, DBAPIError):
        return _of_database(database.sqlstate(error))
    return None


def _of_database(state: str | None) -> Problem | None:
    if state is None:
        return problems.Unavailable()
    if state.startswith(_CLASHES):
        return problems.Conflict()
    if state.startswith(_ILL_FORMED):
        return problems.Invalid()
    return problems.Unavailable() if state.startswith(_PASSING) else None


def answer(request: Request, problem: Problem) -> Response:
    """Return the answer that tells this problem, in the language that the reader prefers."""
    request.state.refused = problem
    language = preferred_language(request.headers.get("accept-language"))
    shape = problem.shape(
        language=language, request_id=str(get_contextvars().get("request_id", ""))
    )
    return Response(
        shape.model_dump_json(),
        status_code=problem.status,
        media_type=MEDIA_TYPE,
        headers={
            "Cache-Control": "no-store",
            "Content-Language": language,
            "Vary": "Accept-Language",
            **problem.headers,
        },
    )
