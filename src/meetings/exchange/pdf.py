"""A Word file as PDF, by LibreOffice: one layout, so that both have the same pages.

The PDF can be read by ear (tagged, PDF/UA), has bookmarks, and carries its fonts. Call it in a
thread: it takes a second.
"""

import json
import logging
import os
import shutil
import signal
import subprocess
from pathlib import Path
from tempfile import TemporaryDirectory
from threading import BoundedSemaphore

from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.exchange.word_changes import clean_copy

log = logging.getLogger(__name__)

SECONDS = 60  # more than the longest report takes
AT_ONCE = BoundedSemaphore(2)  # each LibreOffice takes 215 MB
OPTIONS = {
    "UseTaggedPDF": True,
    "PDFUACompliance": True,
    "ExportBookmarks": True,
    "ExportNotes": False,
}
# The fonts of issued documents, and what stands in for them where they are not installed.
STAND_INS = {
    "Traditional Arabic": "Amiri",
    "SimSun": "Noto Serif CJK SC",
    "Times New Roman": "Liberation Serif",
}


def office() -> str | None:
    """Where LibreOffice is, if it is installed."""
    return shutil.which("soffice") or shutil.which("libreoffice")


def no_office() -> str:
    """What to do where there is none."""
    return _(
        "PDF files are made by LibreOffice, which is not installed on this server. Ask whoever"
        " runs it to install the package libreoffice-writer-nogui; until then, open the Word file"
        " and save it as PDF."
    )


def write_pdf(word: bytes, seconds: float = SECONDS) -> bytes:
    """The PDF of a Word file.

    Raises:
        Refused: LibreOffice is missing, takes too long, or cannot read the file.
    """
    program = office()
    if not program:
        raise Refused(no_office())
    with AT_ONCE, TemporaryDirectory(prefix="meetings-pdf-") as folder:
        place = Path(folder)
        (place / "report.docx").write_bytes(clean_copy(word))
        (place / "fonts.conf").write_text(_fonts(), encoding="utf-8")
        _convert(program, place, seconds)
        made = place / "report.pdf"
        if not made.exists():
            raise Refused(_("LibreOffice made no PDF of this report. Take the Word file instead."))
        return made.read_bytes()


def _convert(program: str, place: Path, seconds: float) -> None:
    """Let LibreOffice work in this folder, with a profile of its own: two would not share one."""
    options = {
        name: {"type": "boolean", "value": str(value).lower()} for name, value in OPTIONS.items()
    }
    command = [
        *(program, f"-env:UserInstallation={(place / 'profile').as_uri()}", "--headless"),
        *("--convert-to", f"pdf:writer_pdf_Export:{json.dumps(options)}"),
        *("--outdir", str(place), str(place / "report.docx")),
    ]
    with subprocess.Popen(  # noqa: S603 (no shell, no word of it from outside)
        command,
        env={**os.environ, "FONTCONFIG_FILE": str(place / "fonts.conf")},
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        start_new_session=True,  # it starts others, which end with it
    ) as process:
        try:
            told, _nothing = process.communicate(timeout=seconds)
        except subprocess.TimeoutExpired:
            os.killpg(process.pid, signal.SIGKILL)
            process.communicate()
            took_long = _("LibreOffice took too long over this report. Take one item at a time.")
            raise Refused(took_long) from None
    if process.returncode:
        log.warning(
            "LibreOffice ended with %s: %s", process.returncode, told.decode(errors="replace")
        )


def _fonts() -> str:
    """Settings of fonts: the machine's own, and a stand-in for each font it may not have."""
    aliases = "".join(
        f'<alias binding="same"><family>{asked}</family>'
        f"<prefer><family>{asked}</family><family>{given}</family></prefer></alias>"
        for asked, given in STAND_INS.items()
    )
    include = '<include ignore_missing="yes">/etc/fonts/fonts.conf</include>'
    return f'<?xml version="1.0"?><fontconfig>{include}{aliases}</fontconfig>'
