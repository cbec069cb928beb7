"""What may be done about the text of a statement."""

from dataclasses import dataclass
from pathlib import PurePath
from typing import Any
from urllib.parse import quote

from sqlmodel.ext.asyncio.session import AsyncSession

from meetings.base.clock import now
from meetings.base.errors import Refused
from meetings.base.languages import gettext as _
from meetings.speakers.models import Act, Inscription, InscriptionState, SpeakerList, Statement
from meetings.speakers.record_actions import record

LARGEST = 10_000_000  # bytes
# By the end of its name, what a file begins with and what it is: nothing that a browser runs.
KINDS: dict[str, tuple[bytes, str]] = {
    ".pdf": (b"%PDF-", "application/pdf"),
    ".docx": (
        b"PK\x03\x04",
        "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    ),
    ".odt": (b"PK\x03\x04", "application/vnd.oasis.opendocument.text"),
    ".doc": (b"\xd0\xcf\x11\xe0", "application/msword"),
    ".rtf": (b"{\\rtf", "application/rtf"),
}


@dataclass(frozen=True)
class Text:
    """A statement as it was sent."""

    name: str
    content: bytes
    against_delivery: bool
    embargo: bool


async def send_statement(
    db: AsyncSession, speaker_list: SpeakerList, inscription: Inscription, text: Text
) -> None:
    """Keep the text of a statement, instead of the one before.

    Raises:
        Refused: it is no text, or too large; or the request was taken back.
    """
    if inscription.state in {InscriptionState.WITHDRAWN, InscriptionState.CARRIED}:
        raise Refused(_("This speaker is no longer waiting. Look at the list again."))
    name = PurePath(text.name.replace("\\", "/")).name[-120:]
    begins, media_type = KINDS.get(PurePath(name).suffix.lower(), (b"", ""))
    if not media_type or not text.content.startswith(begins):
        raise Refused(_("Send the text as PDF, Word (.docx, .doc), .odt or .rtf."), field="file")
    if len(text.content) > LARGEST:
        raise Refused(_("This file is too large. Ten megabytes are the most."), field="file")
    values: dict[str, Any] = {
        "name": name,
        "media_type": media_type,
        "content": text.content,
        "against_delivery": text.against_delivery,
        "embargo": text.embargo,
        "sent_at": now(),
        "sent_by": db.info.get("who"),
    }
    if statement := await db.get(Statement, inscription.id):
        statement.sqlmodel_update(values)
    else:
        statement = Statement(inscription_id=inscription.id, **values)
    db.add(statement)
    await record(db, speaker_list, Act.CHANGED, inscription.id, detail={"statement": name})


async def remove_statement(
    db: AsyncSession, speaker_list: SpeakerList, inscription: Inscription
) -> None:
    """Take a text back. Twice is once."""
    if statement := await db.get(Statement, inscription.id):
        await db.delete(statement)
        await record(db, speaker_list, Act.CHANGED, inscription.id, detail={"statement": None})


def disposition(name: str) -> str:
    """How a browser is told to keep a file under its name, and never to open it in our place."""
    return f"attachment; filename*=UTF-8''{quote(name)}"
