"""Files in and out, beside the floor: the bare library writing the same cells.

Each is measured in a process of its own, so that its memory is its own.
"""

import multiprocessing
import resource
import threading
import time
from collections.abc import Callable, Iterator
from datetime import datetime, timedelta
from functools import partial
from io import BytesIO
from multiprocessing.connection import Connection
from pathlib import Path

import docx
from openpyxl import Workbook

from benchmarks.measuring import Timing, timed
from benchmarks.staging import LOG, Stage
from meetings.base.ids import new_id
from meetings.base.languages import LANGUAGES, speaking
from meetings.delegations.models import Delegation, DelegationKind
from meetings.exchange.log_files import read_sheet
from meetings.exchange.pdf import write_pdf
from meetings.exchange.people_meaning import plan_of_people
from meetings.exchange.people_rows import read_people
from meetings.exchange.people_web import TAGS
from meetings.exchange.sheets import Column, Kind, Sheet, write_xlsx
from meetings.exchange.word import Chapter, Heading, ReportDocument, write_docx

INTERVENTIONS, PARAGRAPHS, PEOPLE = 100_000, 300, 10_000
START = datetime(2031, 5, 5, 10)  # noqa: DTZ001 (as the clock at the place shows it)
KINDS: tuple[Kind, ...] = (
    *("number", "text", "datetime", "datetime", "minutes", "text"),
    *("text", "text", "text", "text", "number"),
)
BOOK, TIMES = "/sessions/eg1-2021/exports/session.xlsx", 200
TEXT = "Several speakers stressed the importance of direct channels of communication. " * 6


def interventions() -> Iterator[tuple[object, ...]]:
    for number in range(INTERVENTIONS):
        began = START + timedelta(minutes=number % 600)
        yield (
            *(number % 20 + 1, "3 (a)", began, began + timedelta(minutes=3), 3.0, "Europe/Vienna"),
            *(f"Delegation {number % 190}", "Ms. Speaker", "Statement", "", 2),
        )


def bare_workbook() -> None:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("Interventions")
    sheet.append([f"Heading {place}" for place in range(len(KINDS))])
    for row in interventions():
        sheet.append(row)
    book.save(BytesIO())


def our_workbook() -> None:
    columns = tuple(Column(f"Heading {place}", kind) for place, kind in enumerate(KINDS))
    write_xlsx([Sheet("Interventions", columns, interventions())], "Interventions")


def bare_word() -> None:
    word = docx.Document()
    for _ in range(PARAGRAPHS):
        word.add_paragraph(TEXT, style="List Number")
    word.save(BytesIO())


def our_word() -> bytes:
    parts = [part for _ in range(PARAGRAPHS // 10) for part in (Heading("Debate"), *[TEXT] * 10)]
    return write_docx(
        ReportDocument(
            symbol="XYZ/COSP/EG.1/2031/L.1",
            language="en",
            organ="Conference of the States Parties to the Example Convention",
            meeting="Open-ended expert meeting",
            place_and_dates="Vienna, 5–9 May 2031",
            date="7 May 2031",
            original_language="en",
            title="Draft report",
            chapters=(Chapter(1, "Lessons", tuple(parts)),),
            contents="Contents",
        )
    )


def our_pdf() -> None:
    write_pdf(our_word())


def people() -> bytes:
    book = Workbook(write_only=True)
    sheet = book.create_sheet("People")
    sheet.append(["Country", "Name", "Title"])
    for number in range(PEOPLE):
        sheet.append([f"Delegation {number % 190}", f"Person {number}", "Expert"])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def preview() -> None:
    delegations = [
        Delegation(
            id=new_id(),
            code=f"D{number}",
            kind=DelegationKind.STATE,
            name=dict.fromkeys(LANGUAGES, f"Delegation {number}"),
        )
        for number in range(190)
    ]
    with speaking("en"):
        plan = plan_of_people(read_sheet(people(), "list.xlsx", read_people, TAGS), delegations, {})
    assert plan.counts["new"] == PEOPLE


def alone(act: Callable[[], object]) -> tuple[float, float]:
    """The seconds and the megabytes that something takes in a process of its own."""
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_measure, args=(act, there))
    process.start()
    taken: tuple[float, float] = here.recv()
    process.join()
    return taken


def _measure(act: Callable[[], object], report: Connection) -> None:
    began = time.perf_counter()
    act()
    seconds = time.perf_counter() - began
    # Its own high-water mark: that of `getrusage` begins with the size of who started it.
    status = Path("/proc/self/status").read_text(encoding="ascii")
    own = int(status.partition("VmHWM:")[2].split()[0])
    others = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    report.send((seconds, max(own, others) / 1024))


def while_exporting(stage: Stage, route: Timing) -> Iterator[str]:
    """The log's page for others, alone and while one after another takes the session's book."""
    with stage.serving() as server:
        reader, taker = stage.client(server), stage.client(server)
        open_log = partial(reader.send, "GET", LOG)
        yield timed("log page, alone", open_log, TIMES).row(route)
        done = threading.Event()
        took: list[float] = []

        def take() -> None:
            while not done.is_set():
                began = time.perf_counter()
                taker.send("GET", BOOK)
                took.append(time.perf_counter() - began)

        thread = threading.Thread(target=take)
        thread.start()
        yield timed("log page, while books are written", open_log, TIMES).row(route)
        done.set()
        thread.join()
        yield f"{'a book of 2,000 interventions':<48}{sum(took) / len(took):8.2f} s"


def measured(stage: Stage, route: Timing) -> Iterator[str]:
    """The lines of the table, then the pages of others while a workbook is written."""
    for name, floor, ours in (
        ("workbook of 100,000 interventions", bare_workbook, our_workbook),
        ("Word report of 300 paragraphs", bare_word, our_word),
        ("PDF of 300 paragraphs", None, our_pdf),
        ("preview of 10,000 people, file made too", None, preview),
    ):
        seconds, megabytes = alone(ours)
        line = f"{name:<48}{seconds:8.2f} s {megabytes:7.0f} MB"
        if floor:
            bare, bare_megabytes = alone(floor)
            line += f"   floor {bare:6.2f} s {bare_megabytes:5.0f} MB, {seconds / bare:.2f} ×"
        yield line
    yield from while_exporting(stage, route)
