"""The command line: what it prints, where, and with which exit status."""

import json
import subprocess
import sys
import time
from contextlib import contextmanager

import click
import httpx
import pytest
from click.testing import CliRunner

from meetings.cli import main
from tests.exchange.session_files import EXAMPLE, JOINT
from tests.support.server import free_port


def run(url, *words, stdin=None):
    """Run a command; gives its exit status, what it printed, and its complaints."""
    result = CliRunner().invoke(
        main, [str(word) for word in words], env={"MEETINGS_DATABASE_URL": url}, input=stdin
    )
    assert result.exception is None or isinstance(result.exception, SystemExit)
    return result.exit_code, result.stdout, result.stderr


@pytest.fixture
def example(tmp_path):
    path = tmp_path / "example.yaml"
    path.write_text(EXAMPLE, encoding="utf-8")
    return path


def commands(group, *path):
    for name, command in group.commands.items():
        yield (*path, name), command
        if isinstance(command, click.Group):
            yield from commands(command, *path, name)


@pytest.mark.parametrize(("path", "command"), list(commands(main)), ids=str)
def test_every_command_explains_itself_with_an_example(path, command):
    status, told, _ = run("", *path, "--help")

    assert status == 0
    assert command.help
    assert f"meetings {' '.join(path)}" in told.partition("Examples:")[2]


def test_a_file_is_loaded_once_and_dumped_to_the_letter(database_url, example, tmp_path):
    first = run(database_url, "load", example)
    again = run(database_url, "load", example)
    dumped = run(database_url, "dump", "eg-2021")
    written = run(database_url, "dump", "--all", "-o", tmp_path / "all.yaml")

    assert (first[0], first[2]) == (0, "")
    assert first[1].startswith(f"{example}: added 2 body, 1 room, 1 topic, 2 delegation, 1 session")
    assert again == (0, f"{example}: nothing to change\n", "")
    assert dumped == (0, EXAMPLE, "")
    assert written == (0, "", "")
    assert (tmp_path / "all.yaml").read_text(encoding="utf-8") == EXAMPLE


def test_each_fault_of_a_file_has_its_line(sqlite_url, example):
    example.write_text(
        EXAMPLE.replace("capacity: 300", "capacity: x").replace("half: pm", "half: noon"),
        encoding="utf-8",
    )

    told = run(sqlite_url, "load", example)

    assert told == (
        1,
        "",
        (
            f"{example}:20: rooms[0].capacity: expected a whole number, not 'x'\n"
            f"{example}:145: meetings[1].half: expected am or pm, not 'noon'\n"
        ),
    )


def test_a_file_that_is_no_text_is_told_with_its_line(sqlite_url, example):
    example.write_bytes(b"format: 1\nsessions: \xff\n")

    assert run(sqlite_url, "load", example) == (1, "", f"Error: {example}:2: is not UTF-8 text\n")


def test_a_database_without_tables_is_told_in_one_line(tmp_path, example):
    status, told, complaint = run(f"sqlite:///{tmp_path}/new.db", "load", example)

    assert (status, told) == (1, "")
    assert complaint == "Error: no such table: body: is the database there, and migrated?\n"


def test_a_session_that_is_not_there_is_named(sqlite_url):
    assert run(sqlite_url, "dump", "x") == (
        1,
        "",
        "Error: There is no session x. There are: none.\n",
    )


@pytest.mark.parametrize(
    "words", [["dump"], ["dump", "--all", "x"], ["load"], ["load", "none.yaml"], ["fly"]], ids=str
)
def test_wrong_usage_has_a_status_of_its_own(words):
    status, told, complaint = run("sqlite:///none.db", *words)

    assert (status, told) == (2, "")
    assert complaint.startswith("Usage: ")


def test_a_setting_at_fault_is_named():
    assert run("mysql://x", "dump", "--all") == (
        1,
        "",
        "Error: MEETINGS_DATABASE_URL='mysql://x': expected sqlite:/// or postgresql://\n",
    )


def test_the_schema_is_json():
    status, told, _ = run("", "schema")

    assert status == 0
    assert json.loads(told)["$id"] == "urn:meetings:session-file:1"


def test_an_account_is_opened_listed_and_closed(database_url):
    password = "correct horse\ncorrect horse\n"
    add = ("user", "add", "ana", "--name", "Ana", "--role", "rapporteur")

    added = run(database_url, *add, stdin=password)
    taken = run(database_url, *add, stdin=password)
    changed = run(database_url, "user", "password", "ana", stdin=password)
    disabled = run(database_url, "user", "disable", "ana")
    listed = run(database_url, "user", "list")

    assert (added[0], changed[0], disabled[0]) == (0, 0, 0)
    assert (taken[0], taken[2]) == (1, "Error: This login is taken. Choose another.\n")
    assert listed == (0, "ana  rapporteur  Ana (disabled)\n", "")


def test_a_delegate_needs_a_delegation_that_is_there(sqlite_url, example):
    run(sqlite_url, "load", example)
    add = ("user", "add", "ben", "--name", "Ben", "--role", "delegation", "--password", "x" * 12)

    refused = run(sqlite_url, *add, "--delegation", "delegation-z")
    added = run(sqlite_url, *add, "--delegation", "delegation-a")

    assert (refused[0], added[0]) == (1, 0)


def test_a_password_that_is_too_short_is_refused(sqlite_url):
    add = ("user", "add", "ana", "--name", "Ana", "--role", "chair", "--password", "short")

    assert run(sqlite_url, *add) == (
        1,
        "",
        "Error: password: String should have at least 10 characters\n",
    )


def test_an_account_that_is_not_there_is_named(sqlite_url):
    assert run(sqlite_url, "user", "disable", "ben") == (1, "", "Error: There is no account ben.\n")


def test_several_workers_need_postgresql(sqlite_url):
    assert run(sqlite_url, "serve", "--workers", 2) == (
        1,
        "",
        "Error: several workers need PostgreSQL: set MEETINGS_DATABASE_URL, or --workers 1\n",
    )


def test_migrating_brings_the_reference_and_can_be_done_again(tmp_path, example):
    url = f"sqlite:///{tmp_path}/new.db"
    example.write_text(JOINT, encoding="utf-8")

    first, again = run(url, "migrate"), run(url, "migrate")
    loaded = run(url, "load", example)

    assert (first, again) == ((0, "", ""), (0, "", ""))
    assert loaded[0] == 0


@contextmanager
def demonstration(folder):
    """A server that was started with --demo; gives its address and what it printed."""
    port = free_port()
    server = subprocess.Popen(
        [sys.executable, "-m", "meetings.cli", "serve", "--demo", "--port", str(port)],
        env={
            "PATH": "",
            "MEETINGS_DATABASE_URL": f"sqlite:///{folder}/demo.db",
            "PYTHONPATH": "src",
        },
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        yield address, [server.stdout.readline() for _ in range(2)]
    finally:
        server.terminate()
        server.communicate()


def answer(address):
    """The answer of a server, as soon as it listens."""
    for _ in range(400):
        try:
            return httpx.get(address)
        except httpx.TransportError:
            time.sleep(0.05)
    return None


def test_the_demonstration_says_where_it_is_and_who_may_sign_in(tmp_path):
    with demonstration(tmp_path) as (address, first):
        page = answer(f"{address}/sign-in")
    with demonstration(tmp_path) as (again, second):
        answer(f"{again}/sign-in")
    status, dumped, _ = run(f"sqlite:///{tmp_path}/demo.db", "dump", "--all")

    assert page.status_code == 200
    assert first[0] == f"Meetings is at {address}\n"
    assert (
        second[1]
        == first[1]
        == (
            "Sign in as administrator, secretariat, rapporteur, chair, delegation; "
            "the password of each is demonstration.\n"
        )
    )
    assert (status, "sessions:\n- slug: " in dumped) == (0, True)
