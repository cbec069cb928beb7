"""Passwords: Argon2id, in a thread, a few at a time (one takes 64 MiB and a fifth of a second)."""

import asyncio

from argon2 import PasswordHasher
from argon2.exceptions import InvalidHashError, VerificationError

_hasher = PasswordHasher()
_turns = asyncio.Semaphore(2)
# Verified where there is no such account, so that an answer takes as long and tells nothing.
_NOBODY = "$argon2id$v=19$m=65536,t=3,p=4$c29tZXNhbHRzb21lc2FsdA$" + "A" * 43


async def hash_password(password: str) -> str:
    async with _turns:
        return await asyncio.to_thread(_hasher.hash, password)


async def is_password(password_hash: str | None, password: str) -> bool:
    """Whether this is the password of that hash; takes as long when there is no hash."""
    async with _turns:
        return await asyncio.to_thread(_matches, password_hash or _NOBODY, password)


def _matches(password_hash: str, password: str) -> bool:
    try:
        return _hasher.verify(password_hash, password)
    except (VerificationError, InvalidHashError):
        return False
