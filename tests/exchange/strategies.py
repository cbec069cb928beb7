"""Whole session files, as odd as the contract allows: for properties that hold for all of them."""

from datetime import datetime, timedelta, timezone

from hypothesis import strategies as st

LANGUAGES = ["ar", "zh", "en", "fr", "ru", "es"]
# Names that YAML takes for something else, and some that it does not.
SLUGS = ["no", "null", "true", "007", "12", "1e3", "0x1f", "2021-09-06", "eg1-2021", "on"]
CODES = ["NO", "Yes", "1", "A", "delegation-b", "E", "off", "NULL"]
DAYS = ["2021-09-06", "2021-09-07", "2021-09-08"]
ZONES = ["Europe/Vienna", "America/New_York", "Asia/Kolkata", "Africa/Monrovia", "UTC"]
TITLES = ["CAC/COSP/2021/1", "12", "- ", "# x", "a: b"]

prose = (
    st.text(st.characters(exclude_categories=["Cc", "Cs", "Cn"], include_characters="\n\t\x85"))
    .map(str.strip)
    .filter(bool)
) | st.sampled_from(["no", "~", "46.3", "10:00", "{x", "a\n\n  b", "x " * 120 + "x", "é\r\n2"])
note = prose.filter(lambda text: len(text) < 1_000) | st.just("")
words = st.dictionaries(st.sampled_from(LANGUAGES), prose, min_size=1, max_size=3)
some_words = st.dictionaries(st.sampled_from(LANGUAGES), prose, max_size=2)
language = st.none() | st.sampled_from(LANGUAGES)
slug = st.sampled_from(SLUGS)
articles = st.lists(st.sampled_from(["46", "46.3", "5 (a)", "1.1 (b) (c)"]), max_size=2)
numbers = st.none() | st.integers(1, 1_440)
zones = st.integers(-14 * 60, 14 * 60).map(lambda minutes: timezone(timedelta(minutes=minutes)))
moments = st.datetimes(datetime(1901, 1, 1), datetime(2198, 12, 30), timezones=zones)  # noqa: DTZ001


def several(names, most=3):
    return st.lists(st.sampled_from(names), unique=True, min_size=1, max_size=most)


def one_of(names):
    return st.none() | st.sampled_from(names)


def said(part):
    """The part as somebody writes it who leaves out what says nothing."""
    return {name: value for name, value in part.items() if value not in (None, [], {}, "")}


def each(draw, strategy, count):
    return [draw(strategy) for _ in range(draw(st.integers(0, count)))]


@st.composite
def session_files(draw):
    """The data of a session file that can be taken into an empty database."""
    bodies, rooms, codes = draw(several(SLUGS)), draw(several(SLUGS, 2)), draw(several(CODES))
    topics, slugs = draw(several(SLUGS)), draw(several(SLUGS, 2))
    agendas = {one: draw(agenda_numbers()) for one in slugs}
    sessions = [
        draw(sessions_of(one, bodies, topics, codes, agendas, slugs[:place]))
        for place, one in enumerate(slugs)
    ]
    keys = {
        f"{one['slug']}/{item['number']}": [view["key"] for view in item.get("views", [])]
        for one in sessions
        for item in flat(one["agenda"])
    }
    return said(
        {
            "format": 1,
            "bodies": [draw(a_body(code, bodies[:n])) for n, code in enumerate(bodies)],
            "rooms": [draw(a_room(code)) for code in rooms],
            "topics": [draw(a_topic(one, topics[:n])) for n, one in enumerate(topics)],
            "delegations": [draw(a_delegation(code)) for code in codes],
            "sessions": sessions,
            "meetings": draw(some_meetings(slugs, rooms, keys, topics, codes)),
        }
    )


def flat(items):
    for item in items:
        yield item
        yield from flat(item.get("items", []))


@st.composite
def a_body(draw, code, before):
    rules = st.dictionaries(slug, st.booleans() | st.integers(-9, 9) | prose | articles, max_size=2)
    return said(
        {
            "code": code,
            "kind": draw(st.sampled_from(["conference", "network"])),
            "name": draw(words),
            "parent": draw(one_of(before)) if before else None,
            "treaty": draw(st.none() | slug),
            "rules": draw(rules),
        }
    )


@st.composite
def a_room(draw, code):
    return said(
        {
            "code": code,
            "name": draw(words),
            "capacity": draw(numbers),
            "booths": draw(st.integers(0, 12)),
            "remote": draw(st.booleans()),
            "closed": draw(st.lists(st.sampled_from(DAYS), unique=True, max_size=2)),
        }
    )


@st.composite
def a_topic(draw, name, before):
    parent = draw(one_of(before)) if before else None
    return said({"slug": name, "name": draw(words), "parent": parent, "articles": draw(articles)})


@st.composite
def a_delegation(draw, code):
    kind = draw(st.sampled_from(["state", "panel", "non-governmental"]))
    return said({"code": code, "kind": kind, "name": draw(words), "group": draw(note).strip()})


@st.composite
def agenda_numbers(draw):
    """{"1": [], "2": ["2 (a)", "2 (b)"]}"""
    return {
        str(nth): [f"{nth} ({letter})" for letter in "ab"[: draw(st.integers(0, 2))]]
        for nth in range(1, draw(st.integers(1, 3)) + 1)
    }


@st.composite
def sessions_of(draw, name, bodies, topics, codes, agendas, before):
    numbers_here = [number for top, under in agendas[name].items() for number in (top, *under)]
    elsewhere = [f"{slug}/{top}" for slug in before for top in agendas[slug]]
    symbols = draw(st.lists(st.sampled_from(TITLES), unique=True, max_size=2))
    symbols = list({symbol.strip() for symbol in symbols})
    return said(
        {
            "slug": name,
            "body": draw(st.sampled_from(bodies)),
            "ordinal": draw(numbers),
            "title": draw(words),
            "symbol": draw(note).strip(),
            "place": draw(words),
            "timezone": draw(st.sampled_from(ZONES)),
            "starts": DAYS[0],
            "ends": DAYS[-1],
            "state": draw(st.sampled_from(["planned", "open", "closed"])),
            "follows": draw(one_of(before)) if before else None,
            "agenda": [
                draw(an_item(top, under, topics, symbols, elsewhere))
                for top, under in agendas[name].items()
            ],
            "documents": [
                said({"symbol": one, "title": draw(words), "item": draw(one_of(numbers_here))})
                for one in symbols
            ],
            "participations": [draw(a_participation(code)) for code in codes],
            "reports": draw(some_reports(numbers_here)),
        }
    )


@st.composite
def an_item(draw, number, under, topics, symbols, elsewhere):
    keys = draw(st.lists(slug, unique=True, max_size=2))
    paragraph = st.fixed_dictionaries(
        {
            "language": st.sampled_from(LANGUAGES),
            "text": prose,
            "state": st.sampled_from(["assembled", "edited", "left-out"]),
            "key": st.sampled_from(["", "topic:", "topic:networks"]),
            "views": st.lists(st.sampled_from(keys), max_size=2) if keys else st.just([]),
        }
    )
    return said(
        {
            "number": number,
            "title": draw(words),
            "minutes": draw(numbers),
            "joint_with": draw(one_of(elsewhere)) if elsewhere else None,
            "updates": each(draw, an_update(symbols), 2),
            "views": [draw(a_view(key, topics, keys[:nth])) for nth, key in enumerate(keys)],
            "paragraphs": each(draw, paragraph, 2),
            "items": [draw(an_item(one, [], topics, symbols, elsewhere)) for one in under],
        }
    )


@st.composite
def a_view(draw, key, topics, before):
    clause = st.fixed_dictionaries({"verb": slug, "text": words})
    return said(
        {
            "key": key,
            "topic": draw(one_of(topics)),
            "form": draw(st.sampled_from(["speakers", "list", "assessment"])),
            "after": draw(one_of(before)) if before else None,
            "says": [draw(clause), *each(draw, clause, 1)],
        }
    )


@st.composite
def an_update(draw, symbols):
    figures = draw(st.lists(slug, unique=True, max_size=2))
    plain = words.map(lambda text: {code: one.replace("{", "(") for code, one in text.items()})
    lead, text, more = draw(plain), draw(plain), each(draw, plain, 1)
    for name in figures:
        text = {code: f"{one} {{{name}}}" for code, one in text.items()}
    return said(
        {
            "representative": draw(note).strip(),
            "verb": draw(slug),
            "lead": draw(st.sampled_from([{}, lead])),
            "text": text,
            "more": more,
            "figures": {
                name: said(
                    {
                        "value": draw(st.integers(-(10**15), 10**15)),
                        "as_of": draw(st.sampled_from([None, "2021", "2021-09", "2021-09-06"])),
                        "source": draw(one_of(symbols)) if symbols else None,
                    }
                )
                for name in figures
            },
        }
    )


@st.composite
def a_participation(draw, code):
    line = prose.filter(lambda text: len(text) < 1_000)
    people = [
        said({"name": draw(line), "function": draw(note).strip()})
        for _ in range(draw(st.integers(0, 2)))
    ]
    capacity = draw(st.sampled_from(["state-party", "observer", "secretariat"]))
    return said({"delegation": code, "capacity": capacity, "participants": people})


@st.composite
def some_reports(draw, numbers_here):
    part = st.fixed_dictionaries(
        {
            "item": st.sampled_from(numbers_here),
            "chapter": st.integers(1, 99),
            "heading": words,
        }
    )
    return [
        said(
            {
                "symbol": symbol,
                "addendum": draw(st.booleans()),
                "dated": draw(one_of(DAYS)),
                "original": draw(st.sampled_from(LANGUAGES)),
                "parts": each(draw, part, 2),
            }
        )
        for symbol in draw(st.lists(st.sampled_from(["L.1", "L.1/Add.1"]), unique=True))
    ]


@st.composite
def some_meetings(draw, slugs, rooms, keys, topics, codes):
    slots = draw(st.permutations([(day, half) for day in DAYS for half in ("am", "pm")]))
    count = draw(st.integers(0, 3))
    counters = dict.fromkeys(slugs, 0)
    meetings = []
    for day, half in slots[:count]:
        sessions = {}
        for one in draw(several(slugs, 2)):
            counters[one] += 1
            sessions[one] = counters[one]
        items = [name for name in keys if name.split("/")[0] in sessions]
        meetings.append(draw(a_meeting(sessions, day, half, rooms, items, keys, topics, codes)))
    return meetings


@st.composite
def a_meeting(draw, sessions, day, half, rooms, items, keys, topics, codes):
    hours = {"am": ("09:30", "12:00:30"), "pm": ("14:00", "18:30")}[half]
    allotment = st.fixed_dictionaries(
        {"item": st.sampled_from(items), "minutes": numbers, "note": some_words}
    ).map(said)
    log = each(draw, an_intervention(items, keys, topics, codes), 3)
    for intervention in log[1:]:
        intervention.setdefault("end", intervention["start"])
    return said(
        {
            "id": draw(st.none() | st.uuids().map(str)),
            "sessions": sessions,
            "room": draw(st.sampled_from(rooms)),
            "day": day,
            "half": half,
            "starts": draw(st.sampled_from([None, hours[0]])),
            "ends": draw(st.sampled_from([None, hours[1]])),
            "title": draw(some_words),
            "state": draw(st.sampled_from(["planned", "open", "adjourned"])),
            "opened": draw(st.none() | moments.map(datetime.isoformat)),
            "adjourned": draw(st.none() | moments.map(datetime.isoformat)),
            "items": each(draw, allotment, 2),
            "lists": [draw(a_list(item, codes)) for item in draw(several(items, 2))],
            "log": log,
        }
    )


@st.composite
def a_list(draw, item, codes):
    inscription = st.fixed_dictionaries(
        {
            "id": st.none() | st.uuids().map(str),
            "delegation": st.sampled_from(codes),
            "speaker": note.map(str.strip),
            "capacity": st.sampled_from(["national", "group", "organization"]),
            "on_behalf_of": st.sampled_from(["", "G77"]),
            "language": language,
            "requested": moments.map(datetime.isoformat),
            "state": st.sampled_from(["waiting", "speaking", "spoken", "withdrawn"]),
        }
    )
    waiting, speakers = set(), []
    for one in each(draw, inscription, 4):
        request = (one["delegation"], one["capacity"], one["on_behalf_of"])
        if one["state"] in {"waiting", "speaking"} and request in waiting:
            one["state"] = "spoken"
        waiting.add(request)
        speakers.append(said(one))
    limit = draw(st.integers(1, 60))
    return {"item": item, "open": draw(st.booleans()), "limit": limit, "speakers": speakers}


@st.composite
def an_intervention(draw, items, keys, topics, codes):
    item = draw(st.sampled_from(items))
    start = draw(moments)
    lasts = draw(st.none() | st.integers(0, 900))
    point = st.fixed_dictionaries(
        {
            "id": st.none() | st.uuids().map(str),
            "text": prose,
            "language": language,
            "verb": st.none() | slug,
            "kind": st.sampled_from([None, "challenge", "good-practice"]),
            "topic": one_of(topics),
            "articles": articles,
            "view": one_of(keys[item]) if keys[item] else st.none(),
            "at": st.none() | moments.map(datetime.isoformat),
        }
    )
    return said(
        {
            "id": draw(st.none() | st.uuids().map(str)),
            "item": item,
            "delegation": draw(st.sampled_from(codes)),
            "start": start.isoformat(),
            "end": (lasts is not None and (start + timedelta(seconds=lasts)).isoformat()) or None,
            "kind": draw(st.sampled_from(["statement", "chair", "right-of-reply"])),
            "capacity": draw(st.sampled_from(["national", "group"])),
            "on_behalf_of": draw(note).strip(),
            "speaker": draw(note).strip(),
            "language": draw(language),
            "points": [said(one) for one in each(draw, point, 3)],
        }
    )
