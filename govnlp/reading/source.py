"""A file to its source text, whatever its format: the text that all spans count in."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from pathlib import Path

from govnlp.errors import InputError
from govnlp.reading.decode import MAX_BYTES, decode
from govnlp.reading.formats.docx import docx_to_text
from govnlp.reading.formats.html import html_to_text
from govnlp.reading.formats.pdf import pdf_to_text

_READERS: Mapping[str, Callable[[bytes, str], str]] = {
    ".txt": decode,
    ".md": decode,
    ".html": html_to_text,
    ".htm": html_to_text,
    ".docx": docx_to_text,
    ".pdf": pdf_to_text,
}
SUFFIXES = tuple(_READERS)
_ADVICE = {
    ".doc": "open it in Word and save it as .docx",
    ".wps": "open it in WPS and save it as .docx",
    ".rtf": "open it in Word and save it as .docx",
    ".mht": "save the page as .html",
    ".mhtml": "save the page as .html",
}


def read_source(path: str | Path) -> str:
    r"""Return the text of a file, line ends as \\n, form feeds between the pages of a .pdf.

    Raises:
        InputError: the file is missing, has another suffix, is larger than 50 MB, or holds no text.
    """
    path = Path(path)
    reader = _READERS.get(path.suffix.lower())
    if reader is None:
        raise InputError(f"{path}: {unread_suffix(path)}")
    return reader(_read_bytes(path), str(path))


def unread_suffix(path: Path) -> str:
    """Return why a file is not read as a page, and what would work."""
    suffix = path.suffix.lower()
    advice = _ADVICE.get(suffix, f"pages end in {', '.join(SUFFIXES)}")
    return f"files ending in {suffix or 'nothing'} cannot be read as pages; {advice}"


def _read_bytes(path: Path) -> bytes:
    try:
        if path.exists() and not path.is_file():
            # A pipe of that name would be waited for without end.
            raise InputError(f"{path}: is no file; name a page or a folder of pages")
        size = path.stat().st_size
        if size > MAX_BYTES:
            raise InputError(
                f"{path}: {size:,} bytes; files up to {MAX_BYTES:,} bytes are read, split it at a page end"
            )
        return path.read_bytes()
    except OSError as failure:
        raise InputError(f"{path}: cannot be read ({failure.strerror})") from None
