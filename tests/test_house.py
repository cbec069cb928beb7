"""The rules of the house, held by a test: who may import whom, and what a fragment is."""

import ast
import re
from pathlib import Path

import pytest

import meetings

# The way of the data, read from the map of the house itself.
ROOMS = re.findall(r"^    (\w+)  +\S", meetings.__doc__, flags=re.MULTILINE)
SHELVES = ("models", "queries", "actions", "web")
DATABASE = {"sqlalchemy", "sqlmodel"}
DOORS = {"web", "live", "api", "app"}  # the only modules that know the web framework

SOURCES = Path(meetings.__file__).parent
TEMPLATES = SOURCES.parents[1] / "templates"
ROOMS_AND_SHELVES = {path.relative_to(SOURCES) for path in SOURCES.rglob("*.py")}
MODULES = sorted(
    path for path in ROOMS_AND_SHELVES - {Path("__init__.py")} if path.parts[0] != "migrations"
)
FRAGMENTS = sorted(TEMPLATES.rglob("_*.html"))
EVENTS = [path for path in FRAGMENTS if path.stem.endswith("_event")]


def imports(path):
    """The dotted names that a module imports from, in parts."""
    for node in ast.walk(ast.parse((SOURCES / path).read_text())):
        if isinstance(node, ast.ImportFrom):
            yield node.module.split(".")
        if isinstance(node, ast.Import):
            yield from (alias.name.split(".") for alias in node.names)


def shelf_of(parts):
    """Which shelf a module stands on: `models`, `view_queries`…; None is a rule."""
    name = parts[0] if parts else ""
    return next((s for s in SHELVES if name == s or name.endswith(f"_{s}")), None)


def test_the_map_names_every_room_once():
    rooms = {path.parts[0].removesuffix(".py") for path in MODULES}

    assert len(ROOMS) == len(set(ROOMS))
    assert rooms <= set(ROOMS)


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_room_imports_only_from_rooms_before_it(path):
    room = path.with_suffix("").parts[0]
    for package, *where in imports(path):
        if package == "meetings" and where:
            assert ROOMS.index(where[0]) <= ROOMS.index(room), where


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_shelf_imports_only_from_shelves_before_it(path):
    room, *shelf = path.with_suffix("").parts
    if room == "base":
        return
    # A rule may speak of what a query gives, but calls no verb and knows no door.
    mine = SHELVES.index(shelf_of(shelf) or "queries")
    for package, *where in imports(path):
        if package == "meetings" and where[:1] == [room] and shelf_of(where[1:]):
            assert SHELVES.index(shelf_of(where[1:])) <= mine, where


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_a_rule_knows_no_database(path):
    room, *shelf = path.with_suffix("").parts
    if shelf and room != "base" and shelf_of(shelf) is None:
        assert DATABASE.isdisjoint(package for package, *_ in imports(path))


@pytest.mark.parametrize("path", MODULES, ids=str)
def test_only_doors_know_the_web_framework(path):
    if path.stem not in DOORS and not path.stem.endswith("_web"):
        assert "litestar" not in {package for package, *_ in imports(path)}


@pytest.mark.parametrize(
    "path", [path for path in FRAGMENTS if path not in EVENTS], ids=lambda path: path.name
)
def test_a_fragment_has_one_root_named_like_its_file(path):
    text = path.read_text()
    html = re.sub(r"{#.*?#}|{%.*?%}", "", text, flags=re.DOTALL)
    name = path.stem.lstrip("_").replace("_", "-")
    root = "errors" if name == "superseded" else name

    assert text.startswith("{#"), "the first line says who sends it"
    assert re.match(rf'\s*<\w+ (\w+="[^"]*" )?id="{root}(-{{{{[^}}]+}}}})?"', html)


@pytest.mark.parametrize("path", EVENTS, ids=lambda path: path.name)
def test_a_live_event_sends_the_fragment_that_the_page_includes(path):
    fragment = path.name.replace("_event.html", ".html")

    assert f'{path.parent.name}/{fragment}" %}}' in path.read_text()
    assert path.with_name(fragment) in FRAGMENTS


@pytest.mark.parametrize("path", sorted(TEMPLATES.rglob("*.html")), ids=lambda path: path.name)
def test_a_page_keeps_to_the_policy_on_scripts_and_styles(path):
    html = path.read_text()

    assert not re.search(r"<script(?![^>]*src=)|<style|\sstyle=|\son\w+=|hx-on|[\"']js:", html)
