"""What a document may be: its name, and what its bytes hold, whatever they are said to be.

`read` runs in a process of its own (etape.core.apart): what decodes files is loaded there only.
"""

from collections.abc import Iterator
from http import HTTPStatus
from io import BytesIO
from typing import Any

from etape.core.problems import Invalid, Problem
from etape.core.texts import Localized
from etape.documents.schemas import EXTENSIONS, FileName, MediaType, Reading, Refusal

MAX_PIXELS = 25_000_000
MAX_SIDE = 12_000
QUALITY = 90

PDF_BEGINS, PDF_ENDS = b"%PDF-", b"%%EOF"
# What makes a PDF act, or carry files (ISO 32000-2): actions by their `/S`, annotations by their
# `/Subtype`, and keys that hold scripts, files or forms that are programs.
ACTIONS = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/GoToE", "/Rendition"}
ACTIONS |= {"/Movie", "/Sound", "/RichMediaExecute"}
ANNOTATIONS = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen", "/Sound"}
KEYS = {"/JS", "/JavaScript", "/EmbeddedFiles", "/EF", "/XFA", "/RichMediaContent"}


class FileUnreadable(Problem):
    """The bytes are not what their label says, or not all there."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Fichier illisible", en="Unreadable file")
    detail = Localized(
        fr="Ce fichier n’est pas du format annoncé, ou il est abîmé ou incomplet. "
        "Exportez-le à nouveau, puis renvoyez-le.",
        en="This file is not of the format announced, or it is damaged or incomplete. "
        "Export it again, then send it again.",
    )


class FileProtected(Problem):
    """A PDF that asks for a password, or that restricts what its readers may do."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Fichier protégé", en="Protected file")
    detail = Localized(
        fr="Ce PDF est chiffré ou protégé par un mot de passe. Enregistrez-le sans protection, "
        "puis renvoyez-le.",
        en="This PDF is encrypted or protected by a password. Save it without protection, "
        "then send it again.",
    )


class FileActive(Problem):
    """A PDF that would do something by itself, or that carries other files."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Contenu actif refusé", en="Active content refused")
    detail = Localized(
        fr="Ce PDF contient un script, une action ou un fichier joint. Imprimez-le vers un nouveau "
        "PDF, puis envoyez celui-ci.",
        en="This PDF holds a script, an action or an attached file. Print it to a new PDF, then "
        "send that one.",
    )


class ImageTooLarge(Problem):
    """An image of too many pixels, however few bytes it takes."""

    status = HTTPStatus.UNPROCESSABLE_ENTITY
    title = Localized(fr="Image trop grande", en="Image too large")
    detail = Localized(
        fr="Cette image a trop de pixels : 25 millions au plus, et 12 000 de côté. "
        "Réduisez-la, puis renvoyez-la.",
        en="This image has too many pixels: 25 million at most, and 12,000 a side. "
        "Reduce it, then send it again.",
    )


REFUSALS: dict[Refusal, type[Problem]] = {
    Refusal.UNREADABLE: FileUnreadable,
    Refusal.PROTECTED: FileProtected,
    Refusal.ACTIVE: FileActive,
    Refusal.TOO_WIDE: ImageTooLarge,
}


def refuse_misnamed(name: FileName, media_type: MediaType) -> None:
    """Raise Invalid unless a name's extension is that of the media type."""
    extensions = EXTENSIONS[media_type]
    if name.rpartition(".")[2].lower() not in extensions:
        told = ", ".join(f".{extension}" for extension in extensions)
        sentence = Localized(
            fr=f"Pour ce type de fichier, le nom finit par : {told}.",
            en=f"For this kind of file, the name ends with: {told}.",
        )
        raise Invalid(errors=[("?name", sentence)])


def read(content: bytes, media_type: str) -> bytes:
    """Return what a content holds: a `Reading`, as JSON. Never raises, whatever the content is."""
    try:
        found = (
            _read_pdf(content) if media_type == MediaType.PDF else _read_image(content, media_type)
        )
    except Exception:  # noqa: BLE001 - decoders of strangers' files raise anything
        found = Reading(refusal=Refusal.UNREADABLE)
    return found.model_dump_json().encode()


def _read_pdf(content: bytes) -> Reading:
    """Read a PDF, which is kept as it is: to write it anew would undo its signatures."""
    from pypdf import PdfReader  # noqa: PLC0415 - the module's first lines say why

    is_whole = content.startswith(PDF_BEGINS) and content.rstrip(b"\0\t\n\f\r ").endswith(PDF_ENDS)
    if not is_whole:  # what comes before or after would make another file of it
        return Reading(refusal=Refusal.UNREADABLE)
    reader = PdfReader(BytesIO(content))
    if reader.is_encrypted:
        return Reading(refusal=Refusal.PROTECTED)
    if any(_is_active(part) for each in _objects(reader) for part in _parts(each)):
        return Reading(refusal=Refusal.ACTIVE)
    pages = len(reader.pages)
    if pages == 0:
        return Reading(refusal=Refusal.UNREADABLE)
    return Reading(content=content, pages=pages)


def _objects(reader: Any) -> Iterator[Any]:
    """Give every object that the file declares, be it used or not."""
    from pypdf.generic import IndirectObject  # noqa: PLC0415 - same

    numbers = {(number, 0) for number in reader.xref_objStm}
    numbers |= {(number, version) for version, found in reader.xref.items() for number in found}
    for number, version in sorted(numbers):
        yield reader.get_object(IndirectObject(number, version, reader))
    yield reader.trailer


def _parts(value: Any) -> Iterator[dict[str, Any]]:
    """Give the dictionaries within an object; those that it points to are objects themselves."""
    waiting = [value]
    while waiting:
        part = waiting.pop()
        if isinstance(part, dict):
            yield part
            waiting += part.values()
        elif isinstance(part, list):
            waiting += part


def _is_active(part: dict[str, Any]) -> bool:
    return (
        not KEYS.isdisjoint(part)
        or _name(part, "/S") in ACTIONS
        or _name(part, "/Subtype") in ANNOTATIONS
        or _name(part, "/Type") == "/EmbeddedFile"
    )


def _name(part: dict[str, Any], key: str) -> str:
    """Return the name under a key, be it written there or elsewhere in the file."""
    return str(part[key]) if key in part else ""


def _read_image(content: bytes, media_type: str) -> Reading:
    """Decode an image and write it anew: upright, in sRGB, its pixels and nothing else."""
    from PIL import Image, ImageOps  # noqa: PLC0415 - same

    kind = media_type.removeprefix("image/").upper()
    Image.MAX_IMAGE_PIXELS = None  # what it would only warn of is refused here, before decoding
    with Image.open(BytesIO(content), formats=[kind]) as opened:
        if max(opened.size) > MAX_SIDE or opened.width * opened.height > MAX_PIXELS:
            return Reading(refusal=Refusal.TOO_WIDE)
        opened.load()
        image = _in_srgb(ImageOps.exif_transpose(opened))
    if "transparency" in image.info or (image.mode == "P" and kind == "WEBP"):
        image = image.convert("RGBA")
    elif image.mode not in {"1", "I;16", "L", "LA", "P", "RGB", "RGBA"}:
        image = image.convert("RGB")
    image.info = {}
    written = BytesIO()
    image.save(written, kind, **({} if kind == "PNG" else {"quality": QUALITY}))
    return Reading(content=written.getvalue(), width=image.width, height=image.height)


def _in_srgb(image: Any) -> Any:
    """Return an image in the colours that a screen supposes where no profile says otherwise."""
    from PIL import ImageCms  # noqa: PLC0415 - same

    profile = image.info.get("icc_profile")
    if not profile or image.mode not in {"RGB", "RGBA", "CMYK"}:
        return image
    mode = "RGBA" if image.mode == "RGBA" else "RGB"
    try:
        return ImageCms.profileToProfile(
            image,
            ImageCms.ImageCmsProfile(BytesIO(profile)),
            ImageCms.createProfile("sRGB"),
            outputMode=mode,
        )
    except ImageCms.PyCMSError:  # a profile that is none: the pixels are what there is
        return image
