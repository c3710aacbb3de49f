"""Titles of works in quotation marks, which are names and no speech: "in an op-ed titled “The Dam Must Go”", "an episode of “The Day Show”"."""

from __future__ import annotations

from stcalib.language.lexicon import load_lexicon
from stcalib.text.article import Article
from stcalib.text.tokens import Tokens

TITLE_WORD = 3
"""Words of at most so many letters may be small in a title."""
_MARKS = "\"“”'‘’«» .,!?…"


def works_in(article: Article, t: Tokens) -> list[int]:
    """The quotations of a sentence that are titles of works, as token indexes."""
    classes = t.classes
    if "Q" not in classes and "q" not in classes:
        return []
    found = []
    titling = load_lexicon().cues.phrases.titling
    for i in [i for i, letter in enumerate(classes) if letter in "Qq" and i]:
        entitled = t.words[i - 1].lower() in titling and classes[i - 1] in "EYN"
        named = classes[i - 1] in "RK" or (classes[i - 1] == "N" and t.words[i - 1].lower() in load_lexicon().titles.works)
        words = quoted_words(article, t, i)
        sentence_case = classes[max(0, i - 3) : i - 1] in ("DN", "DE", "NN")
        if (entitled and (sentence_case or is_title(words))) or (named and is_title(words) and len(words) > 1):
            found.append(i)
    return found


def quoted_words(article: Article, t: Tokens, i: int) -> list[str]:
    """The words of the quotation that is token `i`, without the marks around them."""
    return article.plain[t.starts[i] : t.end(i)].strip(_MARKS).split()


def with_names(t: Tokens, works: list[int]) -> Tokens:
    """The tokens with those at `works` as names."""
    if not works:
        return t
    classes = list(t.classes)
    for i in works:
        classes[i] = "C"
    return Tokens(t.text, t.start, "".join(classes), t.words)


def is_title(words: list[str]) -> bool:
    """Whether quoted words are written as a title: all but the small ones with a capital."""
    long = [w for w in words if len(w) > TITLE_WORD]
    return bool(long) and all(w[0].isupper() or not w[0].isalpha() for w in long)
