"""LibreOffice and Poppler as witnesses: what a person would see of a file."""

import re
import shutil
import subprocess
from pathlib import Path


def program(name: str) -> str:
    """Where a program is; a machine without it cannot say that the documents are right."""
    found = shutil.which(name)
    assert found, f"{name} is missing: install what the README names for documents"
    return found


def convert(content: bytes, name: str, kind: str, folder: Path) -> Path:
    """Let LibreOffice, with a profile of its own, make a file of another kind ("csv:filter")."""
    source = folder / name
    source.write_bytes(content)
    out = folder / "converted"
    subprocess.run(
        [
            *(program("soffice"), f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--convert-to", kind, "--outdir", str(out), str(source)),
        ],
        check=True,
        capture_output=True,
        timeout=120,
    )
    return out / f"{source.stem}.{kind.partition(':')[0]}"


def pages(pdf: Path) -> list[str]:
    """The text of each page, laid out as it stands there."""
    shown = subprocess.run(
        [program("pdftotext"), "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    # It marks the direction of each piece; the characters themselves stand in reading order.
    return re.sub("[\u202a-\u202e]", "", shown.stdout).split("\f")[:-1]
