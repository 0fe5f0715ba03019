"""What a PDF says, page by page, as its readers read it."""

import io

from pypdf import PdfReader


def pages_of(pdf: bytes) -> list[str]:
    """Return the words of each page, with plain spaces where typography has others."""
    return [" ".join(page.extract_text().split()) for page in PdfReader(io.BytesIO(pdf)).pages]
