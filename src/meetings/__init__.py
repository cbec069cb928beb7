"""Meetings: from the calendar of an expert meeting to its draft report.

The way of the data: calendar → organization of work → list of speakers → intervention → point →
view → sentence → paragraph → document. Each step reads the one before and never writes it. The
rooms stand in that order; a room imports only from rooms before it (tests/test_house.py reads it):

    base           the ground floor: settings, store, live hub, pages, languages
    accounts       people, sign-ins, roles, audit
    bodies         bodies, their sessions, agendas, documents
    schedule       meetings of half a day, rooms, joint meetings, allotments
    planner        (to come) plans over plain values
    delegations    States, groups, observers; who takes part
    speakers       the list for an item
    interventions  the live log, points, topics, views
    report         views → sentences → numbered paragraphs
    exchange       in and out: session files, Word, spreadsheets
    desks          one page per person at work
    app            builds the server's app: the only file that knows every room
    cli            the command line
"""
