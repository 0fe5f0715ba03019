"""The sentences of the screens, read where they are written, to be recognised where shown."""

import re
from collections.abc import Iterable
from pathlib import Path

WORDS = Path(__file__).parents[2] / "frontend" / "src" / "i18n"
_LITERAL = re.compile(r'"((?:[^"\\\n]|\\.)*)"|`((?:[^`\\]|\\.)*)`')
_KEY = re.compile(r'^\s*"[^"]*":', re.MULTILINE)
_HOLE = re.compile(r"\$\{(?:[^{}]|\{[^}]*\})*\}|#")
_WORD = re.compile(r"[^\W\d_]{3,}")


def _sentences(language: str) -> set[str]:
    """Return what a language says: each hole, which something is said in, as `#`."""
    found: set[str] = set()
    for file in sorted((WORDS / language).glob("*.ts")):
        source = re.sub(r"^import .*$", "", file.read_text(), flags=re.MULTILINE)
        for plain, composed in _LITERAL.findall(_KEY.sub("", source)):
            found.add(_HOLE.sub("#", plain or composed))
    return found


def _recognising(sentences: Iterable[str]) -> list[re.Pattern[str]]:
    return [re.compile(".+".join(map(re.escape, each.split("#")))) for each in sentences]


class Foreign:
    """Recognises a sentence that another language says, and this one does not."""

    def __init__(self, *, here: str, other: str) -> None:
        own = _sentences(here)
        telling = {each for each in _sentences(other) - own if _WORD.search(each)}
        self.other = _recognising(telling)
        self.own = _recognising(own)

    def among(self, texts: Iterable[str]) -> set[str]:
        """Return which texts are, whole, a sentence of the other language alone."""
        return {
            text
            for text in texts
            if any(each.fullmatch(text) for each in self.other)
            and not any(each.fullmatch(text) for each in self.own if each.pattern != ".+")
        }
