"""Structure within sentences, shared by the finders: noun phrases, subjects, reporting clauses, clauses.

In: an article. Out: spans with their grammatical role; `clauses` gives a sentence whole, `focus` what the text speaks of.
Imports text and the rooms before it.
"""
