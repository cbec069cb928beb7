"""Many people at once: each on a connection of their own, their requests written beforehand."""

import asyncio
import time
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode
from uuid import uuid4

from meetings.accounts.web import LOGIN
from meetings.base.web import csrf_token


@dataclass(frozen=True)
class Answer:
    """What came back, and after how many milliseconds from the moment the request was due."""

    status: int
    milliseconds: float


def post(path: str, token: str, **fields: str) -> bytes:
    """A form as a page of ours sends it."""
    body = urlencode(fields).encode()
    head = (
        f"POST {path} HTTP/1.1\r\nhost: meetings.test\r\ncookie: {LOGIN}={token}\r\n"
        f"x-csrf-token: {csrf_token(token)}\r\nhx-request: true\r\naccept-language: en\r\n"
        f"content-type: application/x-www-form-urlencoded\r\ncontent-length: {len(body)}\r\n\r\n"
    )
    return head.encode() + body


def a_request(path: str, token: str) -> bytes:
    """Asking for the floor, under an id of its own."""
    usual = {"speaker": "", "capacity": "national", "on_behalf_of": "", "language": ""}
    return post(f"{path}/inscriptions", token, id=str(uuid4()), asks="statement", **usual)


async def rush(port: int, requests: Sequence[bytes], seconds: float) -> list[Answer]:
    """Send all of them within so many seconds, each on a connection that is open already."""
    lines = [await asyncio.open_connection("127.0.0.1", port) for _ in requests]
    begins = time.monotonic() + 0.2
    due = [begins + seconds * number / len(requests) for number in range(len(requests))]
    answers = await asyncio.gather(
        *(
            _sent(reader, writer, request, at)
            for (reader, writer), request, at in zip(lines, requests, due, strict=True)
        )
    )
    for _, writer in lines:
        writer.close()
    return answers


async def _sent(
    reader: asyncio.StreamReader, writer: asyncio.StreamWriter, request: bytes, at: float
) -> Answer:
    await asyncio.sleep(max(0, at - time.monotonic()))
    writer.write(request)
    head = await reader.readuntil(b"\r\n\r\n")
    status = int(head.split(b" ", 2)[1])
    lowered = head.lower()
    if b"content-length:" in lowered:
        length = int(lowered.split(b"content-length:")[1].split(b"\r\n")[0])
        await reader.readexactly(length)
    return Answer(status, (time.monotonic() - at) * 1000)
