"""Who takes part: States, the EU, observers, organizations, the secretariat; and their people.

Always true: a delegation has one code everywhere (ISO 3166-1 alpha-3 for States); it takes part in
a session once, in one capacity.
"""
