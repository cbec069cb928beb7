"""People: who may sign in, in which role, and the audit of what each of them did.

Always true: a password is kept only as its Argon2 hash, a sign-in only as the hash of its token;
every row that is added, changed or removed through the store leaves an entry in the audit.
"""
