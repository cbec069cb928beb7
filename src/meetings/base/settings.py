"""Settings: environment variables MEETINGS_…, read once at start, faults told by name."""

from collections.abc import Mapping
from dataclasses import dataclass, field, fields
from typing import Any, Self


def setting(default: Any, says: str) -> Any:
    """One setting: its default, and the line that README's table says of it."""
    return field(default=default, metadata={"says": says})


@dataclass(frozen=True, slots=True)
class Settings:
    """What can be set from outside; each field is the variable MEETINGS_<NAME>."""

    database_url: str = setting(
        "sqlite:///meetings.db", "sqlite:///path or postgresql://user:password@host/name"
    )
    host: str = setting("127.0.0.1", "address the server listens on")
    port: int = setting(8000, "port the server listens on")
    workers: int = setting(1, "server processes; more than one needs PostgreSQL")
    secure_cookies: bool = setting(False, "cookies over https only: yes behind a proxy with TLS")  # noqa: FBT003
    sign_in_hours: int = setting(12, "hours after which a person signs in again")
    mail_server: str = setting(
        "", "host:port of a mail server that takes invitations; none: no mail"
    )
    mail_from: str = setting("meetings@localhost", "whose letters invitations are")
    sign_in_attempts: int = setting(10, "failed sign-ins per account and address in 15 minutes")

    @classmethod
    def from_env(cls, environment: Mapping[str, str]) -> Self:
        """Read the settings.

        Raises:
            ValueError: one line per fault, naming variable, value and what was expected.
        """
        values: dict[str, Any] = {}
        faults: list[str] = []
        for known in fields(cls):
            name = f"MEETINGS_{known.name.upper()}"
            if name not in environment:
                continue
            try:
                values[known.name] = _read(known.type, environment[name])
            except ValueError as fault:
                faults.append(f"{name}={environment[name]!r}: {fault}")
        if faults:
            raise ValueError("\n".join(faults))
        return cls(**values)


def _read(kind: object, text: str) -> str | int | bool:
    if kind is bool:
        if text.lower() not in {"yes", "no", "true", "false", "1", "0"}:
            raise ValueError("expected yes or no")
        return text.lower() in {"yes", "true", "1"}
    if kind is int:
        if not text.isdecimal() or int(text) < 1:
            raise ValueError("expected a whole number of 1 or more")
        return int(text)
    if not text.strip():
        raise ValueError("expected a value, not nothing")
    return text
