"""What a file holds is looked at, whatever its label says."""

import zipfile
from io import BytesIO

import pytest
from PIL import Image
from pypdf.generic import TextStringObject

from etape.documents import rules
from etape.documents.schemas import Reading, Refusal
from support import files
from support.files import WHERE, a_pdf, an_image, name, opened, with_action

PDF, PNG, JPEG, WEBP = "application/pdf", "image/png", "image/jpeg", "image/webp"
KINDS = [(PNG, "PNG"), (JPEG, "JPEG"), (WEBP, "WEBP")]
SCRIPT = TextStringObject("app.alert(1)")


def read(content: bytes, media_type: str) -> Reading:
    return Reading.model_validate_json(rules.read(content, media_type))


def a_zip() -> bytes:
    written = BytesIO()
    with zipfile.ZipFile(written, "w") as archive:
        archive.writestr("virus.exe", b"MZ")
    return written.getvalue()


def test_a_sound_pdf_is_kept_as_it_is_and_its_pages_are_counted() -> None:
    content = a_pdf(pages=3)
    assert read(content, PDF) == Reading(content=content, pages=3)
    ended = content + b"\r\n"
    assert read(ended, PDF).content == ended, "an editor may end the last line"


@pytest.mark.parametrize(("media_type", "kind"), KINDS)
def test_a_sound_image_is_written_anew_in_its_own_format(media_type: str, kind: str) -> None:
    found = read(an_image(kind), media_type)
    assert (found.refusal, found.width, found.height) == (None, 60, 40)
    image = opened(found.content)
    assert image.format == kind
    red, blue = image.convert("RGB").getpixel((30, 5)), image.convert("RGB").getpixel((30, 35))
    assert isinstance(red, tuple)
    assert isinstance(blue, tuple)
    assert red[0] - red[2] > 100
    assert blue[2] - blue[0] > 100


@pytest.mark.parametrize(("media_type", "kind"), KINDS)
def test_an_image_says_no_more_where_it_was_taken_and_stands_upright(
    media_type: str, kind: str
) -> None:
    content = files.telling_where(kind)
    assert WHERE.encode() in content, "the test would prove nothing"
    found = read(content, media_type)
    assert (found.width, found.height) == (40, 60)
    assert WHERE.encode() not in found.content
    image = opened(found.content)
    assert not image.getexif()
    assert set(image.info) <= {"jfif", "jfif_version", "jfif_unit", "jfif_density", "loop"} | {
        "background",
        "timestamp",
        "duration",
    }


@pytest.mark.parametrize("mode", ["1", "L", "LA", "P", "RGB", "RGBA", "I;16"])
def test_a_png_of_any_kind_is_taken(mode: str) -> None:
    source = Image.new("L", (20, 10), 128) if mode == "I;16" else Image.new("RGBA", (20, 10))
    written = BytesIO()
    source.convert(mode).save(written, "PNG")
    found = read(written.getvalue(), PNG)
    assert found.refusal is None
    assert opened(found.content).size == (20, 10)


def test_what_is_transparent_stays_so() -> None:
    written = BytesIO()
    Image.new("L", (20, 10), 128).save(written, "PNG", transparency=128)
    found = opened(read(written.getvalue(), PNG).content).convert("RGBA")
    assert found.getpixel((5, 5))[3] == 0  # type: ignore[index] # a colour, since the mode is RGBA


def test_an_image_for_the_press_becomes_one_for_screens() -> None:
    found = read(an_image("JPEG", mode="CMYK"), JPEG)
    assert opened(found.content).mode == "RGB"


@pytest.mark.parametrize("labelled", [PDF, PNG, JPEG, WEBP])
@pytest.mark.parametrize(
    "content", [a_pdf(), *(an_image(kind) for _, kind in KINDS), b"", b"GIF89a"]
)
def test_a_label_that_lies_is_refused(labelled: str, content: bytes) -> None:
    true_label = {
        b"%PD": PDF,
        b"\x89PN": PNG,
        b"\xff\xd8\xff": JPEG,
        b"RIF": WEBP,
    }.get(content[:3])
    is_refused = read(content, labelled).refusal is Refusal.UNREADABLE
    assert is_refused is (labelled != true_label)


@pytest.mark.parametrize(
    ("media_type", "content"), [(PDF, a_pdf()), *((label, an_image(kind)) for label, kind in KINDS)]
)
def test_a_file_cut_short_is_refused(media_type: str, content: bytes) -> None:
    for length in (10, len(content) // 3, len(content) // 2, len(content) - 25):
        assert read(content[:length], media_type).refusal is Refusal.UNREADABLE


@pytest.mark.parametrize(
    "content",
    [
        a_pdf() + a_zip(),
        b"<html><script>alert(1)</script>" + a_pdf(),
        b"\n" + a_pdf(),
        a_pdf() + b"<script>alert(1)</script>",
        b"%PDF-1.7\n%%EOF",
        b"%PDF-1.7\n" + b"x" * 5000 + b"\n%%EOF",
        a_pdf(pages=0),
    ],
)
def test_a_pdf_that_is_also_something_else_or_nothing_is_refused(content: bytes) -> None:
    assert read(content, PDF).refusal is Refusal.UNREADABLE


@pytest.mark.parametrize(("media_type", "kind"), KINDS)
def test_what_is_hidden_behind_an_image_is_not_kept(media_type: str, kind: str) -> None:
    found = read(an_image(kind) + a_zip(), media_type)
    assert found.refusal in {None, Refusal.UNREADABLE}
    assert b"virus" not in found.content
    assert not zipfile.is_zipfile(BytesIO(found.content))


@pytest.mark.parametrize(("media_type", "kind"), [(PNG, "PNG"), (JPEG, "JPEG")])
def test_an_image_of_too_many_pixels_is_refused_before_it_is_decoded(
    media_type: str, kind: str
) -> None:
    for size in ((5001, 5001), (12_001, 8)):
        written = BytesIO()
        Image.new("1" if kind == "PNG" else "L", size).save(written, kind)
        assert len(written.getvalue()) < 500_000, "a bomb is light"
        assert read(written.getvalue(), media_type).refusal is Refusal.TOO_WIDE


def test_an_image_that_announces_the_largest_size_there_is_is_refused() -> None:
    content = bytearray(an_image("PNG"))
    content[16:24] = b"\x7f\xff\xff\xff" * 2
    assert read(bytes(content), PNG).refusal in {Refusal.TOO_WIDE, Refusal.UNREADABLE}


@pytest.mark.parametrize(
    "passwords", [{"user_password": "secret"}, {"user_password": "", "owner_password": "secret"}]
)
def test_a_protected_pdf_is_refused(passwords: dict[str, str]) -> None:
    assert read(files.encrypted(**passwords), PDF).refusal is Refusal.PROTECTED


@pytest.mark.parametrize(
    "content",
    [
        with_action(S=name("JavaScript"), JS=SCRIPT),
        with_action(S=name("JavaScript")).replace(b"/JavaScript", b"/J#61vaScript"),
        with_action(S=name("Launch"), F=TextStringObject("calc.exe")),
        with_action(S=name("SubmitForm"), F=TextStringObject("https://example.org")),
        with_action(S=name("ImportData")),
        with_action(S=name("GoTo"), Next=files.entry(S=name("JavaScript"), JS=SCRIPT)),
        files.with_hidden_action(),
        files.with_attachment(),
        a_pdf(
            lambda writer: writer.root_object.update({name("AcroForm"): files.entry(XFA=SCRIPT)})
        ),
        a_pdf(
            lambda writer: writer.root_object.update(
                {name("Names"): files.entry(JavaScript=files.entry())}
            )
        ),
    ],
)
def test_a_pdf_that_acts_or_carries_files_is_refused(content: bytes) -> None:
    assert read(content, PDF).refusal is Refusal.ACTIVE


def test_a_script_in_a_compressed_object_is_found() -> None:
    from pypdf import PdfWriter  # noqa: PLC0415 - reads the test's own file again

    writer = PdfWriter(clone_from=BytesIO(with_action(S=name("JavaScript"), JS=SCRIPT)))
    written = BytesIO()
    writer.write(written)
    assert read(written.getvalue(), PDF).refusal is Refusal.ACTIVE


def test_a_pdf_that_opens_on_a_page_and_links_to_the_web_is_taken() -> None:
    content = with_action(S=name("URI"), URI=TextStringObject("https://esante.gouv.fr"))
    assert read(content, PDF).refusal is None
    assert read(with_action(S=name("GoTo")), PDF).refusal is None
