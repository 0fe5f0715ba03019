"""What a line of a file says, and what is to be said of it. A file is read within bounds.

Bytes come in, UTF-8 and nothing else: an encoding that is guessed turns names into other names.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from http import HTTPStatus
from typing import BinaryIO

from pydantic import Field

from etape.core.problems import Problem
from etape.core.texts import Localized, Spoken

LONGEST_LINE = 1024 * 1024
"""In bytes: no text of ours is so long."""

_SHOWN = 200


class FileRefused(Problem):
    """A file cannot be read as what it is said to be: nothing of it is imported."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Fichier refusé", en="File refused")

    def __init__(self, *, fr: str, en: str) -> None:
        super().__init__(Localized(fr=fr, en=en))


class RemarkKind(StrEnum):
    """What a remark is about: a line left out, one read with a reserve, or what it changes."""

    REFUSED = "refused"
    WARNED = "warned"
    CHANGED = "changed"


class Remark(Spoken):
    """Something to know about a line."""

    kind: RemarkKind
    line: int = Field(description="Counted from 1; the header is one.", examples=[12])
    id: str | None = Field(description="What the source knows it by.", examples=["12487592"])
    field: str | None = Field(description="The column, or the field.", examples=["montant_engage"])
    value: str | None = Field(description="As it is written there; cut when it is long.")
    sentence: Localized


@dataclass(frozen=True, slots=True, kw_only=True)
class Line:
    """One line: the content that it makes, unless it is refused, and what that hangs on.

    What it hangs on (its source, its call) is published where nothing is, and otherwise left as
    the team made it.
    """

    number: int
    id: str | None
    content: Spoken | None
    needs: Sequence[Spoken] = ()
    remarks: Sequence[Remark] = ()

    def remark(
        self,
        kind: RemarkKind,
        sentence: Localized,
        *,
        field: str | None = None,
        value: str | None = None,
    ) -> Remark:
        """Return a remark about this line."""
        shown = value if value is None or len(value) <= _SHOWN else f"{value[: _SHOWN - 1]}…"
        return Remark(
            kind=kind, line=self.number, id=self.id, field=field, value=shown, sentence=sentence
        )


def text_lines(stream: BinaryIO) -> Iterator[str]:
    """Yield each line of a file with its end, a byte order mark left out. Raises FileRefused."""
    number = 0
    while raw := stream.readline(LONGEST_LINE + 1):
        number += 1
        if len(raw) > LONGEST_LINE:
            raise FileRefused(
                fr=f"La ligne {number} est démesurée : ce n’est pas un fichier de ce format.",
                en=f"Line {number} is enormous: this is no file of that format.",
            )
        try:
            line = raw.decode()
        except UnicodeDecodeError as error:
            raise FileRefused(
                fr=f"Ce fichier n’est pas en UTF-8 (ligne {number}, octet {error.start + 1}). "
                "S’il vient d’un tableur, enregistrez-le comme « CSV UTF-8 » ; sinon, "
                "« iconv -f cp1252 -t utf-8 » le convertit.",
                en=f"This file is not in UTF-8 (line {number}, byte {error.start + 1}). If it "
                "comes from a spreadsheet, save it as “CSV UTF-8”; else “iconv -f cp1252 -t "
                "utf-8” converts it.",
            ) from None
        yield line.removeprefix("\ufeff") if number == 1 else line
