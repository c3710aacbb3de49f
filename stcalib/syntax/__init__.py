"""Structure within sentences, shared by the finders: noun phrases, subjects, reporting clauses.

In: an article. Out: spans with their grammatical role. Imports text and the rooms before it.
"""
