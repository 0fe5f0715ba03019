"""Files as people upload them, good and bad."""

from collections.abc import Callable
from io import BytesIO
from typing import Any

from PIL import Image
from PIL.PngImagePlugin import PngInfo
from pypdf import PdfWriter
from pypdf.generic import (
    ArrayObject,
    DecodedStreamObject,
    DictionaryObject,
    NameObject,
    NumberObject,
    TextStringObject,
)

WHERE = "48.8534 N, 2.3488 E, chez Ada"
"""A place that a photograph would tell of the person who took it."""


def name(word: str) -> NameObject:
    return NameObject(f"/{word}")


def entry(**entries: Any) -> DictionaryObject:
    """A dictionary of a PDF."""
    return DictionaryObject({name(key): value for key, value in entries.items()})


def a_pdf(
    change: Callable[[PdfWriter], None] = lambda _: None, *, pages: int = 2, filler: int = 0
) -> bytes:
    """A PDF of some pages, `filler` bytes heavier, changed as the test wants."""
    writer = PdfWriter()
    for _ in range(pages):
        writer.add_blank_page(200, 200)
    if filler:
        stream = DecodedStreamObject()
        stream.set_data(bytes(range(256)) * (filler // 256))
        writer.root_object[name("Filler")] = writer._add_object(stream)  # noqa: SLF001 - no other
    change(writer)
    written = BytesIO()
    writer.write(written)
    return written.getvalue()


def with_action(**action: Any) -> bytes:
    """A PDF that does something when it is opened."""

    def act(writer: PdfWriter) -> None:
        writer.root_object[name("OpenAction")] = entry(**action)

    return a_pdf(act)


def with_hidden_action() -> bytes:
    """A PDF whose action is in an object of its own, and names what it does in another."""

    def hide(writer: PdfWriter) -> None:
        kind = writer._add_object(name("Launch"))  # noqa: SLF001 - no other way
        action = writer._add_object(entry(S=kind, F=TextStringObject("calc.exe")))  # noqa: SLF001 - same
        annotation = entry(
            Type=name("Annot"),
            Subtype=name("Link"),
            A=action,
            Rect=ArrayObject([NumberObject(0)] * 4),
        )
        writer.pages[0][name("Annots")] = ArrayObject([annotation])

    return a_pdf(hide)


def with_attachment() -> bytes:
    return a_pdf(lambda writer: writer.add_attachment("virus.exe", b"MZ") and None)


def encrypted(**passwords: str) -> bytes:
    return a_pdf(lambda writer: writer.encrypt(**passwords, algorithm="RC4-128"))


def an_image(
    kind: str, *, size: tuple[int, int] = (60, 40), mode: str = "RGB", **options: Any
) -> bytes:
    """An image whose upper half is red, lower half blue."""
    image = Image.new("RGB", size, (220, 20, 20))
    image.paste((20, 20, 220), (0, size[1] // 2, *size))
    written = BytesIO()
    image.convert(mode).save(written, kind, **options)
    return written.getvalue()


def telling_where(kind: str) -> bytes:
    """An image that carries in each way it can where it was taken; held sideways."""
    exif = Image.Exif()
    exif[0x0112] = 6  # to be turned a quarter clockwise
    exif[0x010E] = WHERE
    exif.get_ifd(0x8825)[1] = "N"
    options: dict[str, Any] = {"exif": exif, "xmp": f"<x>{WHERE}</x>".encode()}
    if kind == "PNG":
        text = PngInfo()
        text.add_text("Comment", WHERE)
        options = {"exif": exif, "pnginfo": text}
    if kind == "JPEG":
        options["comment"] = WHERE
    return an_image(kind, **options)


def opened(content: bytes) -> Image.Image:
    """An image as a browser decodes it."""
    image = Image.open(BytesIO(content))
    image.load()
    return image
