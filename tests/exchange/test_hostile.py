"""Whatever comes in ends in rows or in a sentence, within seconds and in bounded memory."""

import multiprocessing
import resource
import time

import pytest

from meetings.base.errors import Refused
from meetings.base.languages import speaking
from meetings.exchange.log_files import read_file, read_sheet
from meetings.exchange.people_rows import read_people
from tests.exchange.hostile import FILES, GOOD

SECONDS = 8
MEGABYTES = 250
TAGS = 2_000_000


def test_there_are_many():
    assert len(FILES) >= 40


@pytest.mark.parametrize("name", FILES)
def test_a_list_of_participants_ends_in_rows_or_a_sentence(name):
    file, content, told = FILES[name]
    began = time.monotonic()

    with speaking("en"):
        if told == GOOD:
            assert read_sheet(content, file, read_people, TAGS).rows
        else:
            with pytest.raises(Refused, match=told):
                read_sheet(content, file, read_people, TAGS)

    assert time.monotonic() - began < SECONDS


@pytest.mark.parametrize("name", FILES)
def test_a_log_ends_in_a_sentence(name):
    file, content, _told = FILES[name]
    began = time.monotonic()

    with speaking("en"), pytest.raises(Refused):
        read_file(content, file, lambda _name: False)

    assert time.monotonic() - began < SECONDS


def _read_all(report):
    """In a process of its own: how many megabytes all of them took beyond what it began with."""
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with speaking("en"):
        for file, content, _told in FILES.values():
            try:
                read_sheet(content, file, read_people, TAGS)
            except Refused:
                continue
    report.send((resource.getrusage(resource.RUSAGE_SELF).ru_maxrss - before) / 1024)


def test_memory_stays_bounded():
    here, there = multiprocessing.Pipe()
    process = multiprocessing.get_context("spawn").Process(target=_read_all, args=(there,))
    process.start()

    assert here.poll(120)
    taken = here.recv()
    process.join()
    assert taken < MEGABYTES
