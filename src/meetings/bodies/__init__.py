"""Bodies (a conference, its expert group, its working groups), their sessions, agendas, documents.

Always true: a session belongs to one body; an item to one session, with a number of its own in it.
"""
