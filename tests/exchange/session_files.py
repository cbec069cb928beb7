"""Session files for the tests: a canonical one, and two sessions that meet jointly."""

EXAMPLE = """\
format: 1
bodies:
- code: conference
  kind: conference
  name:
    en: Conference
- code: eg
  kind: expert-group
  name:
    zh: 专家组
    en: Expert group
    fr: Groupe d’experts
  parent: conference
  rules:
    minutes: 3
rooms:
- code: boardroom-d
  name:
    en: Boardroom D
  capacity: 300
topics:
- slug: networks
  name:
    en: Networks
delegations:
- code: delegation-a
  kind: state
  name:
    en: Delegation A
- code: delegation-b
  kind: state
  name:
    en: Delegation B
sessions:
- slug: eg-2021
  body: eg
  ordinal: 10
  title:
    en: Tenth session
  symbol: CAC/COSP/EG.1/2021
  place:
    en: Vienna
  timezone: Europe/Vienna
  starts: 2021-09-06
  ends: 2021-09-08
  agenda:
  - number: '3'
    title:
      en: Cooperation
    minutes: 180
    updates:
    - verb: inform
      text:
        en: There were {parties} parties.
      figures:
        parties:
          value: 188
          as_of: 2021-09
          source: CAC/COSP/EG.1/2021/1
    views:
    - key: contacts
      topic: networks
      says:
      - verb: stress
        text:
          en: the importance of direct contacts
    - key: more-contacts
      after: contacts
      says:
      - verb: add
        text:
          en: that they were to be kept up
    paragraphs:
    - language: en
      text: |-
        Speakers stressed contacts.

        They did so twice.
      views:
      - contacts
    items:
    - number: 3 (a)
      title:
        en: Networks
  documents:
  - symbol: CAC/COSP/EG.1/2021/1
    title:
      en: Provisional agenda
    item: '3'
  participations:
  - delegation: delegation-a
    capacity: state-party
    participants:
    - name: Ms. First
  - delegation: delegation-b
    capacity: state-party
  reports:
  - symbol: CAC/COSP/EG.1/2021/L.1
    dated: 2021-09-08
    parts:
    - item: '3'
      chapter: 2
      heading:
        en: Cooperation
meetings:
- sessions:
    eg-2021: 1
  room: boardroom-d
  day: 2021-09-06
  half: am
  starts: 09:30
  opened: 2021-09-06T09:35:00+02:00
  items:
  - item: eg-2021/3
    minutes: 180
  lists:
  - item: eg-2021/3
    limit: 3
    speakers:
    - delegation: delegation-a
      requested: 2021-09-05T12:00:00+02:00
      state: spoken
    - delegation: delegation-b
      requested: 2021-09-05T12:05:00+02:00
  log:
  - item: eg-2021/3
    delegation: delegation-a
    start: 2021-09-06T09:40:00+02:00
    end: 2021-09-06T09:43:00+02:00
    language: fr
    points:
    - text: Contacts matter.
      topic: networks
      articles:
      - '46'
      - '46.3'
      view: contacts
    - text: They are to be kept up.
      view: more-contacts
      at: 2021-09-06T09:42:00+02:00
- sessions:
    eg-2021: 2
  room: boardroom-d
  day: 2021-09-07
  half: pm
"""

# Two sessions that meet jointly once; the second follows the first.
JOINT = """\
format: 1
bodies:
- {code: eg, kind: expert-group, name: {en: Expert group}}
- {code: unused, kind: network, name: {en: Unused}}
rooms:
- {code: d, name: {en: Boardroom D}}
- {code: e, name: {en: Boardroom E}}
delegations:
- {code: delegation-a, kind: state, name: {en: Delegation A}}
sessions:
- slug: first
  body: eg
  title: {en: First}
  place: {en: Vienna}
  timezone: Europe/Vienna
  starts: 2021-09-06
  ends: 2021-09-08
  agenda: [{number: 3, title: {en: Cooperation}}]
  participations: [{delegation: delegation-a, capacity: state-party}]
- slug: second
  body: eg
  title: {en: Second}
  place: {en: Vienna}
  timezone: Europe/Vienna
  starts: 2021-09-06
  ends: 2021-09-08
  agenda: [{number: 2, title: {en: Assets}}]
  participations: [{delegation: delegation-a, capacity: state-party}]
- slug: third
  body: eg
  title: {en: Third}
  place: {en: Vienna}
  timezone: Europe/Vienna
  starts: 2021-09-06
  ends: 2021-09-08
  follows: second
meetings:
- sessions: {first: 1, second: 1}
  room: d
  day: 2021-09-06
  half: am
  log:
  - item: first/3
    delegation: delegation-a
    start: 2021-09-06T10:00:00+02:00
    end: 2021-09-06T10:03:00+02:00
    points: [{text: Said of the first.}]
  - item: second/2
    delegation: delegation-a
    start: 2021-09-06T11:00:00+02:00
    end: 2021-09-06T11:03:00+02:00
    points: [{text: Said of the second.}]
"""


def alone(slug, text=JOINT):
    """The file with one of its sessions only, and without meetings."""
    head, _, rest = text.partition("sessions:\n- ")
    sessions = rest.partition("\nmeetings:")[0].split("\n- ")
    chosen = next(one for one in sessions if one.startswith(f"slug: {slug}\n"))
    return f"{head}sessions:\n- {chosen}\n"
