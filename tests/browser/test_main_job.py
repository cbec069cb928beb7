"""The main job, end to end, as four people do it at once in four browsers."""

from playwright.sync_api import expect

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
