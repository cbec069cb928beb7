"""A network that can be cut: a relay between a browser and a server, on a port of its own."""

import asyncio
import threading
from contextlib import suppress

from tests.support.server import free_port


class Network:
    """Carries bytes to a server's port. Cut, it ends every connection and takes no new one."""

    def __init__(self, to: int) -> None:
        self.to = to
        self.port = free_port()
        self._loop = asyncio.new_event_loop()
        self._server: asyncio.Server | None = None
        self._carrying: set[asyncio.StreamWriter] = set()
        self._thread = threading.Thread(target=self._loop.run_forever, daemon=True)
        self._thread.start()
        self.restore()

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def cut(self) -> None:
        self._do(self._cut())

    def restore(self) -> None:
        self._do(self._listen())

    def close(self) -> None:
        self.cut()
        self._loop.call_soon_threadsafe(self._loop.stop)
        self._thread.join()
        self._loop.close()

    def _do(self, what) -> None:
        asyncio.run_coroutine_threadsafe(what, self._loop).result(timeout=10)

    async def _listen(self) -> None:
        self._server = await asyncio.start_server(self._carry, "127.0.0.1", self.port)

    async def _cut(self) -> None:
        if self._server:
            self._server.close()
        for writer in self._carrying:
            writer.transport.abort()
        self._carrying.clear()

    async def _carry(self, reader, writer) -> None:
        try:
            far_reader, far_writer = await asyncio.open_connection("127.0.0.1", self.to)
        except OSError:
            writer.transport.abort()
            return
        self._carrying |= {writer, far_writer}
        await asyncio.gather(_pump(reader, far_writer), _pump(far_reader, writer))
        self._carrying -= {writer, far_writer}


async def _pump(reader, writer) -> None:
    with suppress(OSError):
        while data := await reader.read(65536):
            writer.write(data)
            await writer.drain()
    with suppress(OSError):
        writer.close()
