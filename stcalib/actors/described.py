"""Whom a description means: an office, a body by its owner, a spokesperson, somebody named later, somebody taken up."""

from __future__ import annotations

from stcalib.actors.article_names import Bearer
from stcalib.actors.descriptions import head_of, shortened, type_of, without_determiner
from stcalib.actors.full_names import pronoun_of
from stcalib.actors.mention import Actor, Mentioned
from stcalib.actors.spoken import MEMORY
from stcalib.actors.taken_up import TakenUp
from stcalib.language.in_use import by_language
from stcalib.language.lexicon import load_lexicon
from stcalib.language.people_words import is_formal_title, role_words
from stcalib.language.word_sets import pattern, pattern_text, word_list, word_set

LEAD = 3
"""Sentences of a lead, in which somebody may be described who is named later."""
DEPTH = 4
"""So many descriptions that lead from one to the next are followed."""


@by_language
def titles_of_staff() -> frozenset[str]:
    """What speaks for somebody under their name: "his office", "her campaign"."""
    return frozenset(load_lexicon().titles.staff)


def _parts(mention: Mentioned) -> list[str]:
    """What a mention joins: "both the Bloc and the NDP" gives two."""
    return [part.strip() for part in pattern("actors.listed").split(pattern("actors.both").sub("", mention.text)) if part.strip()]


class Described(TakenUp):
    """Descriptions, and whom they mean."""

    def _described(self, mention: Mentioned, sentence: int) -> Actor | None:
        bare = without_determiner(mention.text)
        if mention.plural and (both := self._persons_together(mention) or self._together(mention)) is not None:
            return both
        if bare == mention.text or not bare.partition(" ")[2][:1].isupper():
            bare = self._uncapitalized(bare)
        head, titles = head_of(bare), load_lexicon().titles
        if (owned := self._named_behind(mention) or self._owned(mention, bare, head, sentence)) is not None:
            return owned
        if head in titles.spokespersons and (spokesperson := self._spokesperson(mention, bare, head, sentence)) is not None:
            return spokesperson
        if head in titles.issued and (maker := self._maker(mention, sentence)) is not None:
            return maker
        if (called := self.known.called(bare.lower(), mention.start)) is not None:
            return called
        if (holder := self.known.by_office(mention, bare, head)) is not None:
            return holder
        if (later := self._named_later(mention, bare, head, sentence)) is not None:
            return later
        if pattern("actors.definite").match(mention.text) and (known := self._taken_up(mention, bare, head, sentence)) is not None:
            return known
        name = bare if any(joint in bare for joint in word_list("actors.conjunction_inside")) else shortened(bare, mention.body)
        return Actor(name, type_of(head, mention.plural), "description")

    def _named_behind(self, mention: Mentioned) -> Actor | None:
        """The name that goes with a description: "a reader named Ines", "one, who gave only his first name, Omar"."""
        head = head_of(without_determiner(mention.text))
        match = pattern("actors.named_behind").match(self.article.plain, mention.start + len(mention.text))
        if match is None or mention.plural or (type_of(head) != "unnamed" and head not in word_set("singular")):
            return None
        return self._named(Mentioned(match["name"], match.start("name"), mention.text), match["name"].split()) or Actor(
            match["name"], "person", "name as printed", pronoun_of(match["name"], (), mention.text)
        )

    def _persons_together(self, mention: Mentioned) -> Actor | None:
        """Persons who speak together, by their names in full, without the titles before them."""
        joint = word_list("actors.conjunction_inside")[0]
        if joint not in mention.text:
            return None
        parts, named = _parts(mention), self.roll.named_within(mention.start, mention.start + len(mention.text))
        if len(parts) != len(named) or not all(part.endswith(name.name) for part, name in zip(parts, named, strict=True)):
            return None
        *first, last = (name.name for name in named)
        return Actor(", ".join(first) + joint + last, "group", "name in full")

    def _together(self, mention: Mentioned) -> Actor | None:
        """Bodies that the registry knows and that speak together ("the Bloc and the NDP"): their names, parted by semicolons."""
        parts = _parts(mention)
        known = [self.known.registered(Mentioned(part, mention.start)) for part in parts]
        found = [actor for actor in known if actor is not None and actor.type != "person"]
        if len(found) < 2 or len(found) < len(parts):
            return None
        return Actor("; ".join(actor.name for actor in found), "group", "registry")

    def _owned(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """A body by its owner: "Premier Roe's government" by the registry, "his office" as the office of whom the pronoun means."""
        pronoun, _, owned = bare.partition(" ")
        if head in word_set("governing") and pattern("actors.owner").match(bare) is not None:
            words = bare.split()
            while len(words) > 2 and is_formal_title(words[0]):
                words = words[1:]
                owner = pattern("actors.owner").match(" ".join(words))
                called = f"{owner[1].rpartition(' ')[2]} {head}" if owner else ""
                if (known := self.known.registered(mention, " ".join(words)) or self.known.registered(mention, called)) is not None:
                    return known
        if pronoun.lower() not in word_set("actors.person_possessives") or owned != head or head not in titles_of_staff():
            return None
        person = self._person(mention.start, sentence, "he" if pronoun.lower() in word_set("actors.male_possessive") else "she")
        return Actor(f"{person.name}'s {head}", type_of(head), "description", None, person.organization) if person is not None else None

    def _named_later(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """Whom a lead describes before it names them: "A judge has ruled … Justice Ada Roe", "the premier … Mr. Roe"."""
        if sentence >= LEAD or mention.plural or type_of(head) != "unnamed" or head not in role_words() or mention.body is not None:
            return None
        later = [b for b in self._holding(bare.lower().split(), head) or self._soon_titled(head, sentence) if b.starts[0] > mention.start]
        if len(later) != 1 or any(b.starts[0] < mention.start for b in self.roll.by_title.get(head, [])):
            return None
        name = later[0].name
        pronoun = pronoun_of(name, self.roll.titles_of(name))
        return self.known.registered(mention, name, "named later") or Actor(name, "person", "named later", pronoun)

    def _soon_titled(self, head: str, sentence: int) -> list[Bearer]:
        """Who is named with a title in the next sentences: "A harbour judge scolded the club … Justice Ada Roe"."""
        last = self.article.sentences[min(sentence + LEAD, len(self.article.sentences)) - 1]
        return [bearer for bearer in self.roll.by_title.get(head, [])[:MEMORY] if bearer.starts[0] < last.end]

    def _spokesperson(self, mention: Mentioned, bare: str, head: str, sentence: int) -> Actor | None:
        """ "A spokesperson for Roe": with the full name of whom they speak for, and its organization."""
        match = pattern("actors.speaks_for").search(f"{bare} {mention.body or ''}")
        principal = self.meant(Mentioned(match.group(2), mention.start), sentence) if match else None
        if match is None or principal is None:
            return None
        return Actor(f"{head} for {principal.name}", "unnamed", "description", organization=principal.organization)

    def _maker(self, mention: Mentioned, sentence: int) -> Actor | None:
        """Whose a statement, survey or newsletter is: "its newsletter", "the union's release", "a report by X"."""
        owner, _, rest = mention.text.partition(" ")
        if owner.lower() in word_set("actors.body_possessives"):
            return self._body(mention.start, sentence, plural=owner.lower() in word_set("actors.plural_possessive"))
        if owner.lower() in word_set("actors.person_possessives"):
            return self._person(mention.start, sentence, "he" if owner.lower() in word_set("actors.male_possessive") else "she")
        if (by := pattern("actors.by").search(f"{rest} {mention.body or ''}")) is not None:
            if by["owned"] is not None and by.group(1).endswith(("'s", "’s", "s'", "s’")):
                return Actor(by.group().partition(" ")[2], "organization", "whose writing it is")
            return self.meant(Mentioned(by.group(1), mention.start), sentence)
        behind = pattern("actors.issued_behind").match(self.article.plain, mention.start + len(mention.text))
        if behind is not None:
            return self.meant(Mentioned(behind["owner"] or behind["agent"], behind.start()), sentence)
        if (possessor := pattern("actors.owner").match(mention.text)) is not None:
            return self.meant(Mentioned(possessor.group(1), mention.start), sentence)
        words = without_determiner(mention.text).split()
        if len(words) == 2 and words[0] in load_lexicon().titles.bodies:
            return self._described(Mentioned(pattern_text("actors.the_body", body=words[0]), mention.start), sentence)
        name = [w for w in words if w[0].isupper()]
        is_named = len(name) > 1 or (len(name) == 1 and words[-1] in word_set("actors.own_pages"))
        return Actor(" ".join(name), "organization", "whose writing it is") if is_named and words[: len(name)] == name else None

    def _led(self, mention: Mentioned, sentence: int) -> Actor | None:
        """Whom a description means that stands as a subject before a pronoun or another description; found once, and from
        there no further back than so many descriptions lead."""
        if mention.start not in self._descriptions_led:
            if self._depth >= DEPTH:
                return None
            tied, self._depth = self.tied, self._depth + 1
            self._descriptions_led[mention.start] = self._described(mention, sentence)
            self.tied, self._depth = tied, self._depth - 1
        return self._descriptions_led[mention.start]
