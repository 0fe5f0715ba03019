"""Column types of every room: an instant has a zone, a shape is validated both ways."""

from typing import Any, Generic, TypeVar

from pydantic import TypeAdapter
from sqlalchemy import DateTime, Dialect
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.types import TypeDecorator
from typing_extensions import override

S = TypeVar("S")


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
