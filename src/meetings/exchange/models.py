"""The forms by which a log kept elsewhere comes in. No table: its identifiers are derived."""

from uuid import UUID

from sqlmodel import SQLModel


class LogImport(SQLModel):
    """What a preview showed and is now to be kept.

    The page makes `id`, so that sending it twice is safe; `rows` are those of the preview as JSON.
    """

    id: UUID
    item: str = ""
    rows: str
