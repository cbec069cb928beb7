"""A real browser before a real server with the demonstration in it."""

import pytest
from playwright.sync_api import expect, sync_playwright

from tests.support.programs import chromium
from tests.support.server import Server

# What else Chromium would do at its start needs a network, or rights that a container has not.
FLAGS = [
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
]
PASSWORD = "demonstration"


@pytest.fixture(scope="module")  # no longer: it keeps an event loop, and other tests need theirs
def browser():
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=chromium(), args=FLAGS)
        expect.set_options(timeout=10_000)
        yield launched
        launched.close()


@pytest.fixture
def demonstration(tmp_path):
    """A server on a fresh demonstration."""
    server = Server(f"sqlite:///{tmp_path}/meetings.db", demo=True)
    server.start()
    yield server
    server.kill()


@pytest.fixture
def sign_in(browser, demonstration):
    """Sign in as somebody, in a browser of their own: gives the page."""
    opened = []

    def signed_in(login, **options):
        usual = {"base_url": demonstration.url, "locale": "en-GB"}
        context = browser.new_context(**(usual | options))
        page = context.new_page()
        faults = []
        page.on("pageerror", lambda fault: faults.append(str(fault)))
        page.goto("/sign-in")
        page.get_by_label("Login").fill(login)
        page.get_by_label("Password").fill(PASSWORD)
        page.get_by_role("button", name="Sign in").click()
        expect(page.get_by_role("button", name="Sign out")).to_be_visible()
        opened.append((context, faults))
        return page

    yield signed_in
    assert [fault for _, faults in opened for fault in faults] == []
    for context, _ in opened:
        context.close()
