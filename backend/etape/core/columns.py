"""Between what is stored and what is spoken: column types, and fields that share a name."""

from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from sqlmodel import SQLModel
from typing_extensions import override

from etape.core.texts import Spoken

S = TypeVar("S")
Told = TypeVar("Told", bound=Spoken)


class Instant(DateTime):
    """A point in time, stored in UTC (`timestamptz`)."""

    def __init__(self) -> None:
        super().__init__(timezone=True)


class Shaped(TypeDecorator[S], Generic[S]):
    """A JSONB column that holds a spoken shape, or a list of them."""

    impl = JSONB(none_as_null=True)
    cache_ok = True

    def __init__(self, shape: type[S]) -> None:
        super().__init__()
        self.shape = shape
        self._adapter: TypeAdapter[S] = TypeAdapter(shape)

    @override
    def process_bind_param(self, value: S | None, dialect: Dialect) -> Any:
        return None if value is None else self._adapter.dump_python(value, mode="json")

    @override
    def process_result_value(self, value: Any, dialect: Dialect) -> S | None:
        return None if value is None else self._adapter.validate_python(value)


def shared_with(table: type[SQLModel], content: Spoken) -> dict[str, Any]:
    """Return the fields of a shape that are columns of a table, by name."""
    names = set(table.model_fields) & set(type(content).model_fields)
    return {name: getattr(content, name) for name in names}


def told(row: SQLModel, shape: type[Told], **others: Any) -> Told:
    """Return a row as spoken: its columns of the same names, and what `others` gives."""
    names = set(type(row).model_fields) & set(shape.model_fields) - set(others)
    return shape.model_validate({**{name: getattr(row, name) for name in names}, **others})
