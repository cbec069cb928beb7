"""A list of speakers at work: a delegation with a phone, the secretariat, the chair, the screen."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

SESSION = "/sessions/eg1-2021"
LIST = f"{SESSION}/meetings/2/speakers/3"
PHONE = {"viewport": {"width": 390, "height": 780}, "has_touch": True}
AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
SIX = ("ar", "en", "es", "fr", "ru", "zh")


@pytest.fixture
def opened(sign_in):
    """The second meeting is open, and so is its list; gives the secretariat's page."""
    page = sign_in("secretariat", viewport={"width": 1366, "height": 1400})
    page.goto(f"{SESSION}/meetings/2")
    page.get_by_role("button", name="Open the meeting").click()
    expect(page.locator("#meeting-state")).to_contain_text("Open")
    page.goto(LIST)
    if page.get_by_role("button", name="Open the list").count():
        page.get_by_role("button", name="Open the list").click()
    expect(page.get_by_role("button", name="Close the list")).to_be_visible()
    return page


def register(page, code):
    page.get_by_label("Delegation", exact=True).fill(code)
    page.get_by_role("button", name="Register", exact=True).click()
    expect(page.locator("form.waiting tbody")).to_contain_text(code[-1].upper())


def names(page):
    return page.locator("form.waiting tbody th")


def test_four_people_at_one_list(opened, sign_in, browser, demonstration):
    delegation = sign_in("delegation", **PHONE)
    delegation.goto("/")
    expect(delegation.get_by_role("heading", level=1)).to_have_text("Delegation A")
    delegation.goto(LIST)
    chair = sign_in("chair", **PHONE)
    chair.goto(f"{SESSION}/meetings/2/podium")
    context = browser.new_context(base_url=demonstration.url, locale="en-GB")
    screen = context.new_page()
    screen.goto("/screens/eg1-2021/2?languages=en,ar")

    # Asked for with a phone: told at once, and seen by the others.
    for code in ("delegation-d", "delegation-e"):
        register(opened, code)
    delegation.get_by_label("Speaker", exact=True).last.fill("Ms. Focal")
    delegation.get_by_role("button", name="Ask for the floor").click()
    expect(delegation.locator(".who-speaks")).to_have_text("2 speakers wait before you")
    expect(names(opened)).to_have_text(["Delegation D", "Delegation E", "Delegation A"])
    english = screen.locator("#screen-en")
    expect(english.locator("ol > li")).to_have_text(
        ["Delegation D", "Delegation E", "Delegation A"]
    )

    # Moved by drag and by the keyboard, with the reason; the delegation sees its place move.
    opened.get_by_label("Reason, kept with the next move").fill("Leaves at noon")
    names(opened).nth(2).drag_to(names(opened).nth(0))
    expect(names(opened)).to_have_text(["Delegation A", "Delegation D", "Delegation E"])
    expect(delegation.locator(".who-speaks")).to_have_text("You are next")
    down = opened.get_by_role("button", name="Down: Delegation A")
    down.focus()
    down.press("Enter")
    expect(names(opened)).to_have_text(["Delegation D", "Delegation A", "Delegation E"])

    # The chair gives the floor with one hand; everybody sees it.
    expect(chair.locator(".podium-next .podium-name")).to_have_text("Delegation D")
    chair.get_by_role("button", name=re.compile("Give the floor")).click()
    expect(chair.locator(".podium-name").first).to_have_text("Delegation D")
    expect(english.locator(".screen-speaker")).to_have_text("Delegation D")
    expect(english.locator(".speech-clock")).to_have_text(re.compile(r"\d+:\d\d"))
    expect(delegation.locator(".who-speaks")).to_have_text("You are next")
    chair.get_by_role("button", name="Two minutes left").click()
    expect(english).to_contain_text("Two minutes left")

    # Not in the room: to the end of the list.
    row = opened.get_by_role("row").filter(has_text="Delegation A")
    row.get_by_role("button", name="Not in the room").click()
    expect(names(opened)).to_have_text(["Delegation E", "Delegation A"])
    expect(delegation.locator(".who-speaks")).to_have_text("1 speaker waits before you")
    assert "Ms. Focal" not in screen.content()

    chair.get_by_role("button", name=re.compile("End of the statement")).click()
    expect(chair.locator(".podium-name").first).to_have_text("Nobody has the floor.")
    opened.goto(f"{LIST}/record")
    expect(opened.locator("main")).to_contain_text("Proved")
    context.close()


@pytest.mark.parametrize("language", SIX)
def test_the_pages_of_a_list_have_no_barrier(opened, sign_in, language):
    register(opened, "delegation-d")
    register(opened, "delegation-a")
    delegation = sign_in("delegation", **PHONE)
    pages = {
        opened: (LIST, f"{LIST}/record", f"{SESSION}/meetings/2/podium",
                 f"{SESSION}/meetings/2/time", f"{SESSION}/speakers-rules",
                 f"{SESSION}/delegations/delegation-a"),
        delegation: ("/", LIST, "/password"),
    }  # fmt: skip
    barriers = {}
    for page, paths in pages.items():
        page.goto(f"/language/{language}")
        for path in (*paths, "/screens/eg1-2021/2?theme=dark", "/screens/eg1-2021/2"):
            page.goto(path)
            assert page.locator("html").get_attribute("lang") == language
            page.evaluate(AXE)
            found = page.evaluate("() => axe.run()")
            for violation in found["violations"]:
                where = [node["html"][:120] for node in violation["nodes"][:2]]
                barriers.setdefault(path, []).append((violation["id"], where))
    assert not barriers, json.dumps(barriers, indent=1, ensure_ascii=False)
