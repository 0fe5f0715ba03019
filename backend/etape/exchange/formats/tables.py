"""CSV files: a header that must be the format's, then records, each read column by column."""

import csv
from collections import Counter
from collections.abc import Callable, Collection, Iterator, Mapping
from typing import Any, BinaryIO, TypeVar

from pydantic import ValidationError

from etape.core.texts import Localized, Spoken
from etape.core.validation import errors_in
from etape.exchange.formats.lines import FileRefused, Line, Remark, RemarkKind, text_lines
from etape.exchange.formats.values import Unclear

T = TypeVar("T")
REFUSED = RemarkKind.REFUSED
_REQUIRED = Localized(fr="Cette colonne est requise.", en="This column is required.")
_SAMPLE, _SHOWN = 8, 60  # how many columns of another's header are told, and how much of each


class Record:
    """A line of a table by its columns, and what there is to say of it."""

    def __init__(self, number: int, values: Mapping[str, str]) -> None:
        self.number = number
        self.id: str | None = None
        self.columns = values.keys()
        self._values = values
        self._remarks: list[Remark] = []

    def __getitem__(self, column: str) -> str:
        """Return what is written in a column, without the spaces around it; "" when nothing is."""
        return self._values.get(column, "").strip()

    def read(
        self, column: str, reader: Callable[[str], T], *, is_essential: bool = True
    ) -> T | None:
        """Return what a column says, None when nothing.

        What is not clear refuses the line where it is essential, else is left out with a warning.
        """
        if not self[column]:
            return None
        try:
            return reader(self[column])
        except Unclear as unclear:
            (self.refuse if is_essential else self.warn)(column, unclear.sentence)
            return None

    def require(self, *columns: str) -> None:
        """Leave this line out if one of these columns says nothing."""
        for column in columns:
            if not self[column]:
                self.refuse(column, _REQUIRED)

    def refuse(self, column: str | None, sentence: Localized) -> None:
        """Leave this line out, and say why."""
        self._say(REFUSED, column, sentence)

    def warn(self, column: str, sentence: Localized) -> None:
        """Say with which reserve a column was read."""
        self._say(RemarkKind.WARNED, column, sentence)

    def _say(self, kind: RemarkKind, column: str | None, sentence: Localized) -> None:
        line = Line(number=self.number, id=self.id, content=None)
        value = self[column] if column else None
        self._remarks.append(line.remark(kind, sentence, field=column, value=value))

    def line(
        self,
        shape: type[Spoken] | None,
        told: Mapping[str, Any],
        *,
        columns: Mapping[str, str],
        needs: Collection[Spoken] = (),
    ) -> Line:
        """Return this line as a content; `columns` says which column each field was read from."""
        content = None
        try:
            content = shape.model_validate(told) if shape else None
        except ValidationError as error:
            told_of = {remark.field for remark in self._remarks if remark.kind is REFUSED}
            for pointer, sentence in errors_in(error, told):
                column = columns.get(pointer.split("/")[1] if pointer else "")
                if column not in told_of:
                    self.refuse(column, sentence)
        is_refused = any(remark.kind is REFUSED for remark in self._remarks)
        return Line(
            number=self.number,
            id=self.id,
            content=None if is_refused else content,
            needs=tuple(needs),
            remarks=tuple(self._remarks),
        )


def table_lines(
    stream: BinaryIO,
    read: Callable[[Record], Line],
    *,
    columns: Collection[str],
    optional: Collection[str] = (),
    delimiter: str,
) -> Iterator[Line]:
    """Yield what `read` makes of each record of a CSV file in UTF-8; a blank line is none.

    One that has too few or too many columns is refused. Raises FileRefused for a header that lacks
    a column or has a strange one, and where quotes make the rest unreadable.
    """
    header: list[str] = []
    for number, values in _numbered(stream, delimiter):
        if header:
            record = Record(number, dict(zip(header, values, strict=False)))
            if len(values) == len(header):
                yield read(record)
            else:
                record.refuse(None, _miscounted(len(values), len(header)))
                yield record.line(None, {}, columns={})
        else:
            header = [name.strip() for name in values]
            _refuse_other(header, columns=columns, optional=optional, delimiter=delimiter)
    if not header:
        _refuse_other([], columns=columns, optional=optional, delimiter=delimiter)


def _numbered(stream: BinaryIO, delimiter: str) -> Iterator[tuple[int, list[str]]]:
    """Yield the cells of each record that has any, with the number of its first line."""
    rows = csv.reader(text_lines(stream), delimiter=delimiter, strict=True)
    first = 1
    try:
        for values in rows:
            if any(values):
                yield first, values
            first = rows.line_num + 1
    except csv.Error:
        raise _unreadable(first) from None


def _unreadable(number: int) -> FileRefused:
    return FileRefused(
        fr=f"À partir de la ligne {number}, les guillemets ne permettent plus de savoir où finit "
        "un champ. Corrigez-les, puis recommencez.",
        en=f"From line {number} on, quotes leave unclear where a field ends. Correct them, then "
        "try again.",
    )


def _miscounted(found: int, expected: int) -> Localized:
    return Localized(
        fr=f"Cette ligne a {found} colonnes au lieu de {expected}.",
        en=f"This line has {found} columns instead of {expected}.",
    )


def _refuse_other(
    header: list[str], *, columns: Collection[str], optional: Collection[str], delimiter: str
) -> None:
    missing = [name for name in columns if name not in header]
    unknown = [name for name in header if name not in {*columns, *optional}]
    twice = [name for name, times in Counter(header).items() if times > 1]
    if not missing and not unknown and not twice:
        return
    french, english = [], []
    for names, fr, en in (
        (missing, "il manque", "missing"),
        (unknown, "en trop", "unknown"),
        (twice, "en double", "twice"),
    ):
        if names:
            told = ", ".join(_shown(name) for name in names[:_SAMPLE])
            told += "…" if len(names) > _SAMPLE else ""
            french.append(f"{fr} : {told}")
            english.append(f"{en}: {told}")
    raise FileRefused(
        fr=f"Les colonnes ne sont pas celles de ce format ({' ; '.join(french)}). Le séparateur "
        f"attendu est « {delimiter} ».",
        en=f"The columns are not those of this format ({'; '.join(english)}). The expected "
        f"separator is “{delimiter}”.",
    )


def _shown(name: str) -> str:
    """Return the beginning of a column's name; what cannot be printed is told as its code."""
    return "".join(c if c.isprintable() else f"U+{ord(c):04X}" for c in name[:_SHOWN])
