"""The calendar: meetings of half a day in rooms, alone or joint, and the items allotted to them.

Always true: a meeting's day and hours are local facts of its place, never moved by a change of time
zone; no room holds two meetings at once; no session sits in two meetings at once.
"""
