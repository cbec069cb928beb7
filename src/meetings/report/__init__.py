"""The report: views become sentences, sentences numbered paragraphs, without attribution.

Always true: no name of a delegation is in a drafted sentence; each sentence knows the points behind
it; what is drafted follows from what was logged, and the same log drafts the same words.
"""
