"""The list of speakers of an item in a meeting: who asks for the floor, and in which place.

Always true: a delegation waits at most once in a capacity on a list (the database holds it); places
are given in the order in which the requests reached the server.
"""
