"""The small words by which a clause is read."""

from __future__ import annotations

BARE = frozenset("to for of by from about in without on into".split())
BE = frozenset("is are was were been be 's 're 'm isn't aren't wasn't weren't keeps kept also now not still".split())
BEING = frozenset("is are 's 're 'm am was were been".split())
BESIDE = frozenset("when while because as".split())
"""Words behind which a question that denies gives its ground: "how can they say so when ..."."""
OF_VERB = ("not", "n't")
BETWEEN = frozenset("not now also still already simply just currently".split())
LINKING = frozenset("to in of if that for".split())
DETERMINERS = frozenset("the a an any such this that of simply just even also".split())
PREDICATES = frozenset("is was are were would will could can might may 's wouldn't won't isn't wasn't couldn't must should does has".split())
POSSIBLE = frozenset("could might may".split())
HAVING = frozenset("have has had see sees saw there show shows showed shown express expressed expresses".split())
"""Verbs whose object is a cue: "have no interest in"."""
RELATIVE = frozenset("that which it this".split())
