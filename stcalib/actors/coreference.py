"""Who is meant: from the mention of a speaker to the most complete name that the article gives.

A mention resolves to one actor or to none: a tie stays empty. What the text says of a person (role, party, body)
goes before what the codebook's registry knows of them on that day.
"""

from __future__ import annotations

from dataclasses import replace

from stcalib.actors.described import Described
from stcalib.actors.descriptions import common_nouns, head_of, possessive_pronouns, type_of, without_determiner
from stcalib.actors.mention import Actor, Mentioned
from stcalib.actors.spoken import Speaker
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import role_words
from stcalib.language.word_sets import pattern, word_set
from stcalib.text.tokens import word_classes


class Cast(Described):
    """The actors of one article, as the reading goes on from sentence to sentence."""

    def resolve(self, mention: Mentioned, sentence: int, reported: int | None = None) -> Actor | None:
        """The actor meant by the mention of a speaker in a sentence; later mentions may take it up.

        What is named inside the reported words, which begin at `reported`, is meant by a pronoun behind them only where
        nothing else is found ("The law is old, it said"), but for the person of whom they tell ("Roe would vote for it, he said").
        """
        lower, outside, self.tied = mention.text.lower(), mention, ()
        if reported is not None and reported < mention.start and lower in word_set("actors.third_person") and not self._tells_of(reported, lower):
            outside = replace(mention, start=reported)
        actor = self.meant(outside, sentence) or (self.meant(mention, sentence) if outside is not mention else None)
        if actor is not None:
            self.spoken.add(Speaker(actor, mention.role or ""), mention.start, sentence)
            self.speakers.add(actor.name)
            head = head_of(lower)
            if head in load_lexicon().titles.issued and actor.type not in ("document", "unnamed"):
                self.issued[head] = actor
            if mention.aside:
                self.asides.add(mention.start)
        return actor

    def continued(self, sentence: int = 0, at: int = 0) -> Actor | None:
        """The actor of a quotation that goes on without a mention: whoever spoke last, or the person of whom the sentence
        before it in its paragraph tells: "Roe shakes her head. “It is over.”" """
        before = self.article.sentences[sentence - 1] if sentence else None
        last = self.spoken.last.at if self.spoken.last is not None else -1
        if before is not None and before.block == self.article.sentences[sentence].block and last < before.start:
            main = self._main_clause(sentence - 1)
            for told in self._subjects_before(sentence - 1, at):
                lower = told.text.lower()
                if told.start < main or told.plural or (lower in word_set("pronouns") and lower not in word_set("he_or_she")):
                    continue
                actor = self._person(told.start, sentence - 1, lower) if lower in word_set("he_or_she") else self._named_or_none(told)
                if actor is not None and (lower in word_set("he_or_she") or self._is_person(told, actor)):
                    self.spoken.add(Speaker(actor, ""), told.start, sentence - 1)
                    return replace(actor, basis="subject of the sentence before")
        return replace(self.spoken.last.value.actor, basis="speech continued") if self.spoken.last is not None else None

    def meant(self, mention: Mentioned, sentence: int) -> Actor | None:
        """The actor meant by a mention, or None where that stays open."""
        lower = possessive_pronouns().get(mention.text.lower(), mention.text.lower())
        if lower in word_set("he_or_she"):
            return self._person(mention.start, sentence, lower)
        if lower in word_set("actors.body_pronouns"):
            return self._body(mention.start, sentence, plural=lower == "they")
        if lower in word_set("actors.no_third_person"):
            return None
        if (found := self._persons_together(mention) or self.known.registered(mention)) is not None:
            return found
        if (office := load_lexicon().titles.styles.get(lower)) is not None:
            mention = replace(mention, text=office)
        bare = without_determiner(mention.text)
        if (long := self.roll.stands_for(bare)) is not None:
            return self.known.registered(mention, long) or Actor(long, "organization", "acronym")
        words = bare.split()
        if len(words) == 1 and word_classes().get(bare.lower()) in ("D", "#"):
            return self._named_behind(mention) or Actor(bare.lower(), type_of(bare.lower(), mention.plural), "description")
        if len(words) == 1 and bare == mention.text and words[0][0].isupper() and self._is_common(bare.lower()):
            return self._described(mention, sentence)
        if words and words[0][0].isupper() and all(not w[0].islower() or len(w) <= 3 for w in words) and not mention.plural:
            return self._named(mention, words) if bare == mention.text else self._with_article(mention, bare, sentence)
        return self._described(mention, sentence)

    def _with_article(self, mention: Mentioned, bare: str, sentence: int) -> Actor | None:
        """Whom capitalized words with an article name: "the New Democrat", "the Finance Minister", "the Harbour Alliance"."""
        head, words = head_of(bare), bare.split()
        if head in role_words() and (head not in common_nouns() or head != words[-1].lower()):
            return self._described(mention, sentence)
        if pattern("actors.party_member").fullmatch(mention.text) and (member := self._party_member(mention, bare, sentence)) is not None:
            return member
        return Actor(bare, "group" if bare.endswith("s") and len(words) == 1 else "organization", "name as printed")

    def _is_common(self, word: str) -> bool:
        """Whether a word that opens a sentence is no name: a common noun, or one that the article prints small."""
        return word in common_nouns() or self.roll.prints(word)
