"""Identifiers: UUIDv7, so that rows made later sort later and a device can make its own."""

import os
import time
from uuid import UUID, uuid5

MEETINGS = UUID("6d656574-696e-4773-8000-000000000000")  # the namespace of derived identifiers


def new_id() -> UUID:
    """A fresh UUIDv7 (RFC 9562): 48 bits of milliseconds, then 74 random bits."""
    millis = time.time_ns() // 1_000_000
    bits = (millis << 80) | int.from_bytes(os.urandom(10))
    bits = bits & ~(0xF << 76) | (0x7 << 76)
    bits = bits & ~(0x3 << 62) | (0x2 << 62)
    return UUID(int=bits)


def derived_id(*names: object) -> UUID:
    """The identifier of a thing that a file names but does not number: same names, same id."""
    return uuid5(MEETINGS, "\x1f".join(map(str, names)))
