"""The main job, end to end, as four people do it at once in four browsers."""

import subprocess

from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.support.programs import program

SESSION = "/sessions/eg1-2021"


def add_meeting(secretariat, room, day, half):
    secretariat.get_by_label("Room").select_option(room)
    secretariat.get_by_label("Day", exact=True).fill(day)
    secretariat.get_by_label("Half of the day").select_option(half)
    secretariat.get_by_role("button", name="Add meeting").click()


def log(rapporteur, point):
    line = rapporteur.get_by_label("What is being said by")
    line.fill(point)
    line.press("Enter")
    expect(line).to_have_value("")


def test_from_the_calendar_to_the_report(sign_in, demonstration, tmp_path):
    # The secretariat adds a meeting, and is refused a clash.
    secretariat = sign_in("secretariat")
    secretariat.goto(f"{SESSION}/programme")
    secretariat.get_by_role("link", name="Add meeting").click()
    add_meeting(secretariat, "plenary-hall", "2021-09-06", "pm")
    refusal = secretariat.locator("#errors")
    expect(refusal).to_contain_text("Plenary hall is taken on Monday 6 September, 15:00–18:00")
    secretariat.get_by_label("3. Implementation of chapter IV").check()
    add_meeting(secretariat, "committee-room", "2021-09-08", "am")
    expect(secretariat.get_by_role("heading", name="6th meeting")).to_be_visible()
    secretariat.get_by_role("button", name="Open the meeting").click()
    expect(secretariat.locator("#meeting-state")).to_contain_text("Open")
    secretariat.get_by_role("link", name="Speakers on item 3").click()
    secretariat.get_by_role("button", name="Open the list").click()
    expect(secretariat.get_by_role("button", name="Close the list")).to_be_visible()

    # A delegation registers a speaker, and sees its place.
    delegation = sign_in("delegation", viewport={"width": 390, "height": 844})
    delegation.goto(f"{SESSION}/meetings/6/speakers/3")
    delegation.get_by_label("Speaker", exact=True).fill("Ms. Example")
    delegation.get_by_role("button", name="Ask for the floor").click()
    expect(delegation.get_by_text("You are next")).to_be_visible()
    expect(secretariat.get_by_role("row").filter(has_text="Delegation A")).to_be_visible()

    # The rapporteur gives the floor and logs three points; another sees them come.
    rapporteur, other = sign_in("rapporteur"), sign_in("rapporteur")
    for page in (rapporteur, other):
        page.goto(f"{SESSION}/meetings/6/log")
    rapporteur.get_by_role("button", name="Give the floor Delegation A").click()
    expect(other.locator(".who-speaks")).to_have_text("Delegation A")
    expect(delegation.get_by_text("Has the floor")).to_be_visible()
    for point in (
        "Asked for contacts between central authorities #networks @46.13 !request",
        "Trains its prosecutors with neighbours !measure",
        "Sees the point of networks =networks",
    ):
        log(rapporteur, point)
    expect(other.locator(".points li")).to_have_count(3)
    expect(other.locator(".points li").nth(0)).to_contain_text("#Networks of practitioners")

    # The server is started again: the pages follow on by themselves.
    demonstration.kill()
    demonstration.start()
    log(rapporteur, "Thanked the secretariat")
    expect(other.locator(".points li")).to_have_count(4, timeout=15_000)

    # The report drafts; the files open in LibreOffice.
    rapporteur.goto(f"{SESSION}/report")
    rapporteur.get_by_role("table").first.get_by_role("link", name="English").click()
    draft = rapporteur.locator(".draft > li")
    expect(draft).to_have_count(13)  # the worked example's twelve, and the points without a topic
    expect(draft.nth(7)).to_contain_text("In the ensuing discussion, several speakers stressed")
    expect(draft.nth(11)).to_contain_text("One speaker made this point: “Asked for contacts")
    rapporteur.goto(f"{SESSION}/exports")
    word = downloaded(rapporteur, rapporteur.get_by_role("button", name="Word file"), tmp_path)
    excel = downloaded(rapporteur, rapporteur.get_by_role("link", name="Excel file"), tmp_path)
    assert "In the ensuing discussion, several speakers" in as_text(word)
    assert "Sees the point of networks" in cells(excel)


def downloaded(page, button, folder):
    with page.expect_download() as download:
        button.click()
    path = folder / download.value.suggested_filename
    download.value.save_as(path)
    return path


def opened(path, kind, folder="."):
    """What LibreOffice makes of a file; a file that needs repair is not opened without a screen."""
    profile = f"-env:UserInstallation=file://{path.parent}/office"
    command = [program("soffice"), profile, "--headless", "--convert-to", kind, "--outdir", folder]
    subprocess.run(
        [*command, path.name], cwd=path.parent, check=True, capture_output=True, timeout=120
    )
    return path.parent / folder / f"{path.stem}.{kind}"


def as_text(word):
    pdf = opened(word, "pdf")
    told = subprocess.run(["pdftotext", pdf, "-"], check=True, capture_output=True, text=True)
    return " ".join(told.stdout.split())


def cells(excel):
    """Every text of the sheet of points, after LibreOffice has opened and saved the file."""
    (excel.parent / "saved").mkdir()
    book = load_workbook(opened(excel, "xlsx", "saved"))
    return {cell for row in book["Points by topic"].values for cell in row}
