"""Letters go to the mail server that is set; what it does not take is told."""

import socketserver
import threading

import pytest

from meetings.base.errors import Refused
from meetings.base.mail import send
from meetings.base.settings import Settings
from tests.support.server import free_port

pytestmark = pytest.mark.anyio


class Server(socketserver.StreamRequestHandler):
    """Says yes to everything, as little of a mail server as a client needs."""

    letters: list[str] = []  # noqa: RUF012

    def handle(self):
        self.wfile.write(b"220 ready\r\n")
        while line := self.rfile.readline():
            if line.upper().startswith(b"DATA"):
                self.wfile.write(b"354 go on\r\n")
                text = b"".join(iter(self.rfile.readline, b".\r\n"))
                self.letters.append(text.decode())
            self.wfile.write(b"221 bye\r\n" if line.upper().startswith(b"QUIT") else b"250 yes\r\n")


async def test_a_letter_reaches_the_server():
    with socketserver.TCPServer(("127.0.0.1", 0), Server) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        settings = Settings(mail_server=f"127.0.0.1:{server.server_address[1]}")
        await send(settings, "focal@example.org", "Invitation", "https://example.org/x")
        server.shutdown()

    (letter,) = Server.letters
    assert "To: focal@example.org" in letter
    assert "https://example.org/x" in letter


async def test_a_server_that_is_away_is_told():
    settings = Settings(mail_server=f"127.0.0.1:{free_port()}")

    with pytest.raises(Refused, match="did not take the letter"):
        await send(settings, "focal@example.org", "Invitation", "text")
