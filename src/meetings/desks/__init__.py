"""One page per person at work: what matters to them now, put together from the rooms before.

Always true: a desk keeps nothing of its own; whatever it shows can be reached in its room too.
"""
