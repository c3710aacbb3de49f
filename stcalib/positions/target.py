"""Who stands for the body that a codebook's propositions are about: its names, its government's party, a person of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from stcalib.actors.mention import Mentioned
from stcalib.language.word_sets import pattern
from stcalib.positions.holder_words import POSSESSIVE, title_before
from stcalib.positions.subject_kinds import Holder

if TYPE_CHECKING:
    from stcalib.positions.holder import Holders


class Target:
    """Tells in one article, whose actors `holders` knows."""

    def __init__(self, holders: Holders):
        self.holders = holders
        self._told: dict[str, bool] = {}

    def is_named(self, text: str, start: int, sentence: int) -> bool:
        """Whether words at `start` stand for the body."""
        target = self.holders.codebook.propositions.target
        if text not in self._told:
            self._told[text] = target is not None and self._stands_for(text, start, sentence, target.body)
        return self._told[text]

    def _stands_for(self, text: str, start: int, sentence: int, body: str) -> bool:
        holders = self.holders
        name = POSSESSIVE.sub("", text).strip()
        if pattern("positions.generic").fullmatch(name):
            return True
        known = holders.named(name) or holders.registry.holder(name, holders.published)
        if known is None and " " not in name:
            known = holders.known(Holder(name, None))
        if known is None:
            actor = holders.meant(Mentioned(title_before().sub("", name), start), sentence)
            known = holders.named(actor.name) if actor else None
        if known is None:
            return False
        if body in (known.name, known.organization):
            return True
        return known.type == "party" and known.party is not None and known.party == holders.registry.party_of(body, holders.published)

    def is_of(self, holder: Holder) -> bool:
        """Whether an actor belongs to the body."""
        target = self.holders.codebook.propositions.target
        if target is None or target.body in (holder.name, holder.organization):
            return target is not None
        return holder.party is not None and holder.party == self.holders.registry.party_of(target.body, self.holders.published)
