"""The report from draft to final: edited, told what is new, checked, issued, amended, adopted."""

import json
import re
from pathlib import Path
from zipfile import ZipFile

import pytest
from playwright.sync_api import expect

from tests.browser.test_main_job import as_text, downloaded, log, opened

SESSION = "/sessions/eg1-2021"
ITEM = f"{SESSION}/report/items/3"
DOCUMENT = f"{SESSION}/report/documents/CAC-COSP-EG.1-2021-L.1-Add.1"
ISSUE = f"{SESSION}/issues/CAC-COSP-EG.1-2021-L.1-Add.1"
AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
SIX = ("ar", "en", "es", "fr", "ru", "zh")
TALL = {"viewport": {"width": 1366, "height": 1400}}


def paragraph(page, number):
    return page.locator(f"#paragraph-{number}")


def edit(page, number, text):
    """Write a paragraph otherwise, with the keyboard."""
    one = paragraph(page, number)
    box = one.get_by_label(f"Text of paragraph {number}")
    if not box.is_visible():
        one.locator("summary", has_text="Edit").click()
    box.fill(text)
    box.press("Control+Enter")
    expect(one.locator("> p").first).to_have_text(text)


def test_from_the_draft_to_the_final_report(sign_in, browser, demonstration, tmp_path):
    # The rapporteur edits the last paragraph, puts another above it, and sees what is behind.
    rapporteur = sign_in("rapporteur", **TALL)
    rapporteur.goto(f"{ITEM}?language=en")
    mine = "Some speakers spoke well of the GlobE Network and of networks like it."
    edit(rapporteur, 12, mine)
    expect(paragraph(rapporteur, 12).locator(".badge-state")).to_have_text("Edited")
    paragraph(rapporteur, 12).locator("summary", has_text="Sources").click()
    expect(paragraph(rapporteur, 12).locator(".sources li").first).to_contain_text("Delegation")
    paragraph(rapporteur, 12).get_by_role("button", name="Up").click()
    expect(paragraph(rapporteur, 11).locator("> p").first).to_have_text(mine)
    paragraph(rapporteur, 11).get_by_role("button", name="Down").click()
    expect(paragraph(rapporteur, 12).locator("> p").first).to_have_text(mine)

    # Points arrive: the paragraph tells what is right now; the person takes it.
    secretariat = sign_in("secretariat", **TALL)
    secretariat.goto(f"{SESSION}/meetings/2")
    secretariat.get_by_role("button", name="Open the meeting").click()
    expect(secretariat.locator("#meeting-state")).to_contain_text("Open")
    desk = sign_in("rapporteur", **TALL)
    desk.goto(f"{SESSION}/meetings/2/log")
    desk.keyboard.press("F2")
    desk.get_by_role("textbox", name="Delegation").fill("delegation-t")
    desk.get_by_role("button", name="Give the floor", exact=True).click()
    expect(desk.locator(".who-speaks")).to_have_text("Delegation T")
    log(desk, "Praised the GlobE Network =networks")
    rapporteur.get_by_role("link", name="Show the new draft").click(timeout=25_000)
    news = paragraph(rapporteur, 12).locator("form.news")
    expect(news).to_contain_text(re.compile(r"Held by \d+, now by \d+"))
    news.get_by_role("button", name="Take what is ticked").click()
    expect(news).to_have_count(0)
    expect(paragraph(rapporteur, 12).locator("> p").first).to_contain_text("speakers stressed")

    # The checks refuse a leak; it is mended; the addendum is issued.
    edit(rapporteur, 12, "Some speakers, among them Delegation T, stressed networks.")
    secretariat.goto(DOCUMENT)
    expect(secretariat.locator("main")).to_contain_text("It names Delegation T.")
    secretariat.get_by_role("checkbox", name="Français").uncheck()
    secretariat.get_by_role("button", name="Issue", exact=True).click()
    expect(secretariat.locator("#errors")).to_contain_text("Choose the languages")
    secretariat.get_by_role("checkbox", name="English").check()
    secretariat.get_by_role("button", name="Issue", exact=True).click()
    expect(secretariat.locator("#errors")).to_contain_text("English: the checks find 1 faults.")
    edit(rapporteur, 12, "Some speakers stressed networks.")
    secretariat.reload()
    secretariat.get_by_role("checkbox", name="Français").uncheck()
    secretariat.get_by_role("button", name="Issue", exact=True).click()
    expect(secretariat.get_by_role("heading", level=2)).to_have_text("CAC/COSP/EG.1/2021/L.1/Add.1")
    expect(secretariat.locator("ol.draft > li")).to_have_count(12)

    # A meeting goes through it: amended on the screen of the room, adopted, and the final report.
    secretariat.locator("summary", has_text="Adopt it in a meeting").click()
    secretariat.get_by_label("Number of the meeting").fill("2")
    secretariat.get_by_role("button", name="Begin").click()
    chair = sign_in("chair", **TALL)
    chair.goto(f"{ISSUE}/adoption")
    context = browser.new_context(base_url=demonstration.url, locale="en-GB")
    screen = context.new_page()
    screen.goto("/screens/eg1-2021/2?languages=en")
    last = paragraph(chair, 12)
    last.get_by_role("button", name="Show on the screen").click()
    expect(screen.locator(".screen-paragraph")).to_contain_text("Some speakers stressed networks.")
    last.locator("summary", has_text="Amendment").click()
    last.locator("select[name=change]").select_option("replace")
    last.get_by_label("Words of the paragraph").fill("networks")
    last.get_by_label("New words").fill("networks of practitioners")
    last.get_by_role("button", name="Propose").click()
    expect(screen.locator(".screen-paragraph ins")).to_have_text("networks of practitioners")
    expect(paragraph(secretariat, 12).locator(".amendments ins")).to_have_count(1)
    last.get_by_role("button", name="Take").first.click()
    expect(last.locator("> p ins")).to_have_text("networks of practitioners")
    for number in range(1, 13):
        paragraph(chair, number).get_by_role("button", name=re.compile("^Adopted")).click()
        expect(paragraph(chair, number).locator(".amendments > .badge-state")).to_be_visible()
    chair.get_by_role("button", name="The document is adopted").click()
    expect(chair.locator("#adoption [role=status]")).to_have_text("Adopted")

    secretariat.goto(f"{ISSUE}?language=en")
    word = downloaded(
        secretariat, secretariat.get_by_role("link", name="Word file with the amendments"), tmp_path
    )
    with ZipFile(opened(word, "odt")) as file:
        kinds = re.findall(r"<text:(insertion|deletion)>", file.read("content.xml").decode())
    assert sorted(set(kinds)) == ["deletion", "insertion"]

    secretariat.goto(f"{SESSION}/report/final")
    expect(secretariat.locator("main")).to_contain_text("networks of practitioners")
    secretariat.get_by_role("button", name="Issue the final report").click()
    expect(secretariat.locator(".draft-text h3").first).to_contain_text("I. ")
    final = downloaded(secretariat, secretariat.get_by_role("link", name="Word file"), tmp_path)
    told = as_text(final)
    assert "Some speakers stressed networks of practitioners." in told
    assert "Adoption of the report" in told
    assert "Delegation T," not in told.partition("Organization of the meeting")[0]
    context.close()


@pytest.mark.parametrize("language", SIX)
def test_the_pages_of_the_report_have_no_barrier(sign_in, language):
    page = sign_in("secretariat", **TALL)
    page.goto(f"{SESSION}/meetings/2")
    page.goto(DOCUMENT)
    page.get_by_role("button", name="Issue", exact=True).click()
    expect(page).to_have_url(re.compile("/issues/"))
    page.locator("summary", has_text="Adopt it in a meeting").click()
    page.get_by_label("Number of the meeting").fill("2")
    page.get_by_role("button", name="Begin").click()
    page.locator("#adoption").wait_for()
    page.goto(f"/language/{language}")
    barriers = {}
    for path in (
        f"{SESSION}/report", DOCUMENT, f"{ITEM}?language={language}", ISSUE, f"{ISSUE}/adoption",
        f"{SESSION}/report/chapters?language={language}", f"{SESSION}/report/final",
        f"{SESSION}/recommendations", f"{ITEM}/joins", f"{ITEM}/wording?left=en&right={language}",
    ):  # fmt: skip
        page.goto(path)
        assert page.locator("html").get_attribute("lang") == language
        page.evaluate(
            "() => document.querySelectorAll('details').forEach((one) => one.open = true)"
        )
        page.evaluate(AXE)
        for violation in page.evaluate("() => axe.run()")["violations"]:
            where = [node["html"][:160] for node in violation["nodes"][:2]]
            barriers.setdefault(path, []).append((violation["id"], where))
    assert not barriers, json.dumps(barriers, indent=1, ensure_ascii=False)
