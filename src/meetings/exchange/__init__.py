"""In and out: session files (YAML), Word, PDF, XML, spreadsheets.

Always true: a file is taken whole or not at all; what was loaded is given back the same; nothing
that leaves for the public names who said what.
"""
