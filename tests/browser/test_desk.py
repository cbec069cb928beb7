"""The rapporteur's desk, part by part, in a real browser."""

import json
import re
from pathlib import Path

import pytest
from playwright.sync_api import expect

from tests.support.cutting import Network

SESSION = "/sessions/eg1-2021"
LOG = f"{SESSION}/meetings/2/log"
CASES = json.loads(
    (Path(__file__).parents[1] / "interventions/grammar_cases.json").read_text(encoding="utf-8")
)
AXE = (Path(__file__).parents[2] / "node_modules/axe-core/axe.min.js").read_text(encoding="utf-8")
READ_ALL = """async ({words, cases}) => {
  const { parse } = await import("/static/js/desk/grammar.js");
  const maps = {};
  for (const [name, one] of Object.entries(words)) maps[name] = new Map(Object.entries(one));
  return cases.map(({line}) => parse(line, maps));
}"""


@pytest.fixture
def network(demonstration):
    relay = Network(demonstration.port)
    yield relay
    relay.close()


@pytest.fixture
def desk(sign_in):
    """A rapporteur's desk in an open meeting: `desk()`, or with options of the browser."""
    opened = []

    def at_desk(**options):
        if not opened:
            secretariat = sign_in("secretariat")
            secretariat.goto(f"{SESSION}/meetings/2")
            secretariat.get_by_role("button", name="Open the meeting").click()
            expect(secretariat.locator("#meeting-state")).to_contain_text("Open")
            opened.append(secretariat)
        page = sign_in("rapporteur", **options)
        page.goto(LOG)
        expect(page.locator("#desk[data-ready]")).to_be_visible()
        return page

    return at_desk


def give_floor(page, name):
    page.keyboard.press("F2")
    page.keyboard.type(name)
    page.keyboard.press("Enter")
    expect(page.locator("#writing-name")).to_have_text(name)


def enter(page, line):
    page.keyboard.type(line)
    page.keyboard.press("Enter")


def point(page, text):
    return page.locator(".point", has_text=text)


def kept(page):
    expect(page.locator("#kept")).to_contain_text("Saved on the server")
    expect(page.locator(".is-waiting:visible")).to_have_count(0)


def test_the_desk_reads_lines_as_the_server_does(desk):
    kinds = ("good-practice", "challenge", "measure", "recommendation", "request", "announcement")
    words = CASES["words"] | {"kinds": dict(zip(kinds, kinds, strict=True))}

    read = desk().evaluate(READ_ALL, {"words": words, "cases": CASES["cases"]})

    nothing = {"verb": "", "topic": "", "articles": [], "kind": "", "view": "", "faults": []}
    assert read == [
        nothing | {name: value for name, value in case.items() if name != "line"}
        for case in CASES["cases"]
    ]


def test_marks_are_completed_and_shown_as_chips(desk):
    page = desk()
    give_floor(page, "Delegation A")

    page.keyboard.type("stressed the need for training @46.3 #practit")
    expect(page.locator(".completions:visible li")).to_have_text(
        ["networks Networks of practitioners"]
    )
    page.keyboard.press("Tab")

    expect(page.locator("#typed .chip")).to_have_text(
        ["stressed", "#Networks of practitioners", "@46.3"]
    )
    page.keyboard.type("!nothing")
    expect(page.locator("#typed .fault")).to_contain_text("!nothing is not known")


def test_what_others_said_is_offered_and_one_key_joins(desk):
    page = desk()
    give_floor(page, "Delegation A")
    enter(page, "Translation of requests costs too much")
    kept(page)
    give_floor(page, "Delegation B")

    page.keyboard.type("the cost of translating requests is too high")
    offered = page.locator("#nearest li").first
    expect(offered).to_contain_text("Translation of requests costs too much")
    page.keyboard.press("Alt+1")
    page.keyboard.press("Enter")

    for text in ("Translation of requests", "the cost of translating"):
        expect(point(page, text).locator(".view")).to_have_text("=translation-requests-costs")
    expect(page.locator('.views li[data-key="translation-requests-costs"] .support')).to_have_text(
        "2"
    )


def test_a_point_is_split_joined_worded_removed_and_all_is_undone(desk):
    page = desk()
    give_floor(page, "Delegation A")
    enter(page, "noted the value of early contacts")
    kept(page)
    page.keyboard.press("Escape")
    page.keyboard.press("j")
    mine = point(page, "the value of early contacts")
    expect(mine).to_be_focused()

    page.keyboard.press("v")
    expect(mine.locator(".view")).to_have_text("=value-early-contacts")
    expect(mine).to_be_focused()
    page.keyboard.press("w")
    expect(page.locator("#text")).to_have_value("the value of early contacts")
    page.locator("#text").fill("stressed the value of contacts before a request")
    page.keyboard.press("Enter")
    wording = page.locator('.views li[data-key="value-early-contacts"] .wording')
    expect(wording).to_have_text("the value of contacts before a request")
    mine.focus()
    page.keyboard.press("s")
    expect(mine.locator(".view")).to_have_count(0)
    page.keyboard.press("z")
    expect(mine.locator(".view")).to_have_text("=value-early-contacts")
    mine.focus()
    page.keyboard.press("x")
    expect(mine).to_have_count(0)
    kept(page)
    page.keyboard.press("z")
    expect(mine.locator(".view")).to_have_text("=value-early-contacts")


def test_the_last_point_is_corrected_from_the_empty_line(desk):
    page = desk()
    give_floor(page, "Delegation A")
    enter(page, "Askd for contacts #net")
    kept(page)

    page.keyboard.press("ArrowUp")
    expect(page.locator("#text")).to_have_value("Askd for contacts")
    page.locator("#text").fill("Asked for contacts")
    page.keyboard.press("Enter")

    expect(point(page, "Asked for contacts").locator(".topic")).to_be_visible()
    expect(page.locator("#text")).to_have_value("")
    kept(page)


def test_moving_the_floor_never_touches_what_is_typed(desk):
    page, other = desk(), desk()
    give_floor(page, "Delegation A")
    expect(other.locator("#writing-name")).to_have_text("Delegation A")
    other.keyboard.type("half a sen")

    give_floor(page, "Delegation B")
    expect(other.locator(".who-speaks")).to_have_text("Delegation B")

    expect(other.locator("#text")).to_have_value("half a sen")
    expect(other.locator("#writing-name")).to_have_text("Delegation A")
    other.keyboard.type("tence")
    other.keyboard.press("Enter")
    expect(page.locator(".intervention", has_text="Delegation A").first).to_contain_text(
        "half a sentence"
    )
    expect(other.locator("#writing-name")).to_have_text("Delegation B")


def test_the_floor_by_keys(desk):
    page = desk()
    give_floor(page, "Delegation A")

    page.keyboard.press("Escape")
    page.keyboard.press("o")
    page.keyboard.type("Delegation B")
    page.keyboard.press("Enter")
    expect(page.locator(".who-for")).to_contain_text("Point of order")
    page.keyboard.press("F4")
    expect(page.locator(".who-speaks")).to_have_text("Delegation A")
    page.keyboard.press("Escape")
    page.keyboard.press("c")
    page.keyboard.type("Delegation C")
    page.keyboard.press("Enter")
    expect(page.locator(".who-speaks")).to_have_text("Delegation C")
    page.keyboard.press("F9")
    expect(page.locator(".nobody")).to_be_visible()


def test_a_conflict_is_shown_and_the_person_decides(desk, network):
    page, other = desk(base_url=network.url), desk()
    give_floor(page, "Delegation A")
    enter(page, "Asked for contacts")
    kept(page)
    expect(point(other, "Asked for contacts")).to_be_visible()

    network.cut()
    page.keyboard.press("ArrowUp")
    page.locator("#text").fill("Mine")
    page.keyboard.press("Enter")
    expect(page.locator("#kept")).to_contain_text("waiting to send since")
    other.keyboard.press("ArrowUp")
    other.locator("#text").fill("Theirs")
    other.keyboard.press("Enter")
    kept(other)
    network.restore()

    refused = page.locator("#refused li")
    expect(refused).to_contain_text("Somebody changed this")
    expect(refused).to_contain_text("Mine")
    expect(refused).to_contain_text("Theirs")
    expect(point(page, "Theirs")).to_be_visible()
    refused.get_by_role("button", name="Send it again").click()
    expect(point(other, "Mine")).to_be_visible()
    expect(refused).to_have_count(0)


def test_a_floor_given_while_cut_off_stands_beside_the_other(desk, network):
    page, other = desk(base_url=network.url), desk()
    give_floor(page, "Delegation A")
    expect(other.locator(".who-speaks")).to_have_text("Delegation A")

    network.cut()
    give_floor(page, "Delegation B")
    enter(page, "Said by B while cut off")
    give_floor(other, "Delegation C")
    enter(other, "Said by C meanwhile")
    kept(other)
    network.restore()

    notice = page.locator("#notices")
    expect(notice).to_contain_text("the floor was given otherwise")
    expect(page.locator(".who-speaks")).to_have_text("Delegation C")
    expect(point(other, "Said by B while cut off")).to_be_visible()
    notice.get_by_role("button", name="It is the same").click()
    expect(other.locator(".intervention", has_text="Delegation C").first).to_contain_text(
        "Said by B while cut off"
    )


def test_a_sign_in_that_ended_is_mended_in_place(desk, demonstration):
    page = desk()
    give_floor(page, "Delegation A")
    login = next(one for one in page.context.cookies() if one["name"] == "meetings_login")
    page.context.clear_cookies(name="meetings_login")

    enter(page, "Typed after the sign-in had ended")
    dialog = page.locator("#sign-in-again")
    expect(dialog).to_be_visible()
    dialog.get_by_label("Password").fill("wrong")
    dialog.get_by_role("button", name="Sign in").click()
    expect(dialog.get_by_role("alert")).to_contain_text("wrong")
    dialog.get_by_label("Password").fill("demonstration")
    dialog.get_by_role("button", name="Sign in").click()

    expect(dialog).to_be_hidden()
    kept(page)
    expect(point(page, "Typed after the sign-in had ended")).to_be_visible()
    assert login not in page.context.cookies()


def test_a_tab_that_is_closed_leaves_its_line_to_the_next(desk):
    page = desk()
    give_floor(page, "Delegation A")
    page.keyboard.type("A line that nobody entered")
    expect(page.locator("#kept")).to_contain_text("Saved on the server")
    page.close()

    again = page.context.new_page()
    again.goto(LOG)

    expect(again.locator("#text")).to_have_value("A line that nobody entered")


def test_signing_out_leaves_nothing_on_the_device(desk):
    page = desk()
    give_floor(page, "Delegation A")
    enter(page, "In confidence")
    kept(page)

    page.get_by_role("button", name="Sign out").click()
    expect(page.get_by_role("button", name="Sign in")).to_be_visible()

    left = page.evaluate(
        """async () => {
          const { acts, lines, kept } = await import("/static/js/desk/store.js");
          return [await acts.count(), (await lines.all()).length, (await caches.keys()).length];
        }"""
    )
    assert left == [0, 0, 0]


def test_the_log_is_searched_and_filtered(desk):
    page = desk()

    page.keyboard.press("Escape")
    page.keyboard.press("/")
    page.keyboard.type("stamps")
    expect(page.locator("#interventions > li")).to_have_count(1)
    page.get_by_role("link", name="Show everything").click()
    expect(page).not_to_have_url(re.compile("words="))
    expect(page.locator("#desk[data-ready]")).to_be_visible()
    page.get_by_label("Delegation", exact=True).last.select_option("delegation-k")
    expect(page.locator("#interventions > li .whose")).to_have_text(["Delegation K"])


@pytest.mark.parametrize("language", ["en", "fr", "ar"])
def test_the_desk_has_no_barrier(desk, language):
    page = desk(viewport={"width": 1366, "height": 768})
    page.goto(f"/language/{language}?back={LOG}")
    expect(page.locator("#desk[data-ready]")).to_be_visible()
    page.locator("#give > summary").click()
    page.locator("#give-form [name=delegation]").fill("a")
    page.evaluate(AXE)

    for dialog in ("", "keys", "sign-in-again"):
        if dialog:
            page.evaluate(f"document.getElementById('{dialog}').showModal()")
        violations = page.evaluate("axe.run().then((found) => found.violations)")
        told = [(v["id"], [node["html"] for node in v["nodes"]]) for v in violations]
        assert told == []
        if dialog:
            page.evaluate(f"document.getElementById('{dialog}').close()")


def test_a_page_whose_parts_come_slowly_follows_all_the_same(desk, sign_in):
    one, slow = desk(), sign_in("rapporteur", service_workers="block")
    slow.route("**/hx-sse.min.js*", lambda route: (slow.wait_for_timeout(500), route.continue_()))
    slow.goto(LOG)
    expect(slow.locator("#desk[data-ready]")).to_be_visible()

    give_floor(one, "Delegation A")

    expect(slow.locator("#writing-name")).to_have_text("Delegation A")
