"""What is committed works elsewhere: no registry's host, no path of one machine, hashed pins."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
# Put together here, so that this file does not find itself.
HOSTS = ["pypi" + ".org", "python" + "hosted", "registry." + "npmjs", "deb." + "debian"]
PLACES = ["/" + "work/", "/" + "root/", "/" + "home/"]


def tracked():
    command = ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"]
    listed = subprocess.run(command, cwd=ROOT, capture_output=True, check=True).stdout
    return [ROOT / name for name in listed.decode().split("\0") if name]


def lines_with(words):
    pattern = re.compile("|".join(map(re.escape, words)))
    return [
        f"{path.relative_to(ROOT)}: {line.strip()[:80]}"
        for path in tracked()
        if path.is_file()
        for line in path.read_text(errors="ignore").splitlines()
        if pattern.search(line)
    ]


@pytest.mark.parametrize("words", [HOSTS, PLACES], ids=["hosts", "places"])
def test_nothing_names_a_registry_or_one_machine(words):
    assert lines_with(words) == []


@pytest.mark.parametrize("name", ["", "-dev", "-tools", "-node"])
def test_every_pin_has_its_hashes(name):
    pins = (ROOT / f"requirements{name}.lock").read_text()

    packages = re.findall(r"^[a-z0-9].*", pins, flags=re.MULTILINE)
    assert packages
    assert [line for line in packages if "==" not in line or not line.endswith("\\")] == []


def test_the_front_end_is_pinned_without_addresses():
    lock = (ROOT / "package-lock.json").read_text()

    assert '"integrity": "sha512-' in lock
    assert '"resolved"' not in lock


def test_the_locks_agree_on_every_version():
    versions = {}
    for lock in ROOT.glob("requirements*.lock"):
        for name, version in re.findall(r"^([a-z0-9-]+)==(\S+)", lock.read_text(), re.MULTILINE):
            versions.setdefault(name, set()).add(version)

    assert {name: known for name, known in versions.items() if len(known) > 1} == {}


def test_the_pages_ask_only_for_libraries_that_the_set_up_brings():
    pages = sorted((ROOT / "templates").rglob("*.html"))
    asked = {name for page in pages for name in re.findall(r"'(vendor/[^']+)'", page.read_text())}

    assert asked
    assert [name for name in sorted(asked) if not (ROOT / "static" / name).is_file()] == []
