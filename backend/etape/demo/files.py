"""Reads the demo's YAML: each file holds one shape, or a list of them, dated from a given day.

Where a date is expected a file may say `{in_weeks: 2, on: tue}`: the Tuesday of the second week
after the present one, with `time: "09:30"` where an hour is; or `{in_months: 3}`: the first day of
the third month after the present one.
"""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Any, TypeVar

import yaml
from pydantic import BaseModel, ValidationError

DATA = Path(__file__).parent / "data"
EXAMPLES = DATA / "examples.json"
"""What the service answers about the demo: the examples of its contract."""

_WEEKDAYS = ("mon", "tue", "wed", "thu", "fri", "sat", "sun")

Shape = TypeVar("Shape", bound=BaseModel)


class DemoInvalid(ValueError):  # noqa: N818 - errors are named by the rule, as problems are
    """A file of the demo does not hold what its shape asks for; says which file and field."""


class _Loader(yaml.CSafeLoader):
    """YAML 1.1 without its words for true and false: `on` is the name of a field here."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, rule) for tag, rule in resolvers if tag != "tag:yaml.org,2002:bool"]
    for first, resolvers in yaml.CSafeLoader.yaml_implicit_resolvers.items()
}
_Loader.add_implicit_resolver("tag:yaml.org,2002:bool", re.compile(r"^(?:true|false)$"), list("tf"))


def read_files(pattern: str, shape: type[Shape], *, today: date) -> list[Shape]:
    """Return what the files of that name hold, in every edition. Raises DemoInvalid."""
    return [item for path in sorted(DATA.glob(f"*/{pattern}")) for item in read(path, shape, today)]


def read(path: Path, shape: type[Shape], today: date) -> list[Shape]:
    """Return what one file holds. Raises DemoInvalid."""
    with path.open(encoding="utf-8") as stream:
        document = yaml.load(stream, Loader=_Loader)  # noqa: S506 - a safe loader, less two words
    items = document if isinstance(document, list) else [document]
    try:
        return [shape.model_validate(dated(item, today)) for item in items]
    except ValidationError as error:
        raise DemoInvalid(f"{path}: {error}") from error


def dated(value: Any, today: date) -> Any:
    """Return `value` with its relative dates written in ISO 8601, hours in local time."""
    match value:
        case {"in_weeks": int(weeks), "on": weekday, **rest} if (
            weekday in _WEEKDAYS and rest.keys() <= {"time"}
        ):
            day = _weekday_of(weeks, weekday, today)
            return f"{day}T{rest['time']}" if rest else day.isoformat()
        case {"in_months": int(months), **rest} if not rest:
            years, month = divmod(today.month - 1 + months, 12)
            return date(today.year + years, month + 1, 1).isoformat()
        case Mapping():
            return {name: dated(item, today) for name, item in value.items()}
        case list():
            return [dated(item, today) for item in value]
        case _:
            return value


def _weekday_of(weeks: int, weekday: str, today: date) -> date:
    monday = today - timedelta(days=today.weekday())
    return monday + timedelta(weeks=weeks, days=_WEEKDAYS.index(weekday))
