"""The rows of a report, each in its sentence, with its article and a link to it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import Any

import pandas as pd

from stcalib.charts.base import interval_text, period_text, plural
from stcalib.charts.stances import STANCE_NAMES
from stcalib.notebook.study import Study
from stcalib.official.check import guessed_period, guessed_place
from stcalib.report.page import link, marked, safe, section, table

EXAMPLES = 3
"""Declined stretches that are shown for each reason."""
HEADS = ("Who", "When", "What", "Article", "Outcome")
MOST_PROPOSED = 200
"""Proposals that are listed, the likeliest first; the others are counted."""
LONGEST = 160
"""Characters of a declined stretch that are shown."""


@dataclass
class Evidence:
    """The rows of a study as parts of a page."""

    study: Study

    @cached_property
    def _articles(self) -> dict[str, Mapping[str, Any]]:
        frame = self.study.table("articles")
        return {str(row["article_id"]): {str(key): value for key, value in row.items()} for row in frame.to_dict("records")}

    def article(self, article_id: object) -> str:
        """Title, outlet and day of an article, linked where its address is known."""
        row = self._articles.get(str(article_id), {})
        title = row.get("title")
        words = link(row.get("url"), safe(title if isinstance(title, str) and title else article_id))
        told = [safe(row.get("outlet")), interval_text(row.get("published_earliest"), row.get("published_latest")) if row else ""]
        return f"{words}<br><span class='note'>{', '.join(part for part in told if part)}</span>"

    def sentence(self, article_id: object, start: object, end: object, first: object = None, last: object = None) -> str:
        """The characters `start` to `end` of an article, `first` to `last` in them marked."""
        text = self.study.corpus[str(article_id)].text
        begin, stop = int(str(start)), int(str(end))
        mark = (int(str(first)), int(str(last))) if first is not None else (begin, begin)
        return marked(text, begin, stop, *mark)

    def numbers(self) -> str:
        """Each number in its sentence, with what it counts, where and when, and what the official series says of it."""
        verdicts = self.study.verdicts.set_index("count_id").to_dict("index") if not self.study.counts.empty else {}
        rows = [
            (
                self.sentence(row["article_id"], row["sentence_start"], row["sentence_end"], row["start"], row["end"]),
                self._counted(row),
                self._verdict(verdicts.get(row["count_id"], {})),
                self.article(row["article_id"]),
            )
            for row in self.study.counts.to_dict("records")
        ]
        heads = ("Sentence", "What is counted", "Against the official figure", "Article")
        told = "" if rows else '<p class="note">No number of what the codebook counts was read in these articles.</p>'
        return section("numbers", "Numbers, and whether they are so", told, table(f"{len(rows):,} numbers, each in its sentence", heads, rows))

    def _counted(self, row: Mapping[Any, Any]) -> str:
        measures = self.study.measures
        place = measures.place(str(row["place"])) if isinstance(row["place"], str) else "place not stated"
        dated = pd.notna(row["period_start"]) or pd.notna(row["period_end"])
        when = period_text(row["period_start"], row["period_end"]) if dated else "period not stated"
        source = f"<br>Source named: {safe(row['source'])}" if isinstance(row["source"], str) else ""
        told = {str(key): value for key, value in row.items()}
        where, then = (_aside(words) for words in (guessed_place(told, measures.whole), guessed_period(told) if dated else None))
        return f"{safe(measures.name(str(row['measure'] or '')))}<br>{safe(place)}{where}<br>{safe(when)}{then}{source}"

    def _verdict(self, row: Mapping[Any, Any]) -> str:
        source = f"<br><span class='note'>{safe(row.get('source_title'))}</span>" if safe(row.get("source_title")) else ""
        return f'<span class="verdict">{safe(row.get("verdict"))}</span><br>{safe(row.get("reasoning"))}{source}'

    def stances(self) -> str:
        """Each stance in its sentence, by proposition in the order of the codebook."""
        frame = self.study.positions
        parts = []
        for proposition in [*self.study.labels, *sorted(set(frame["proposition"]) - set(self.study.labels))]:
            rows = frame[frame["proposition"] == proposition]
            if rows.empty:
                continue
            tally = rows["stance"].value_counts()
            told = ", ".join(f"{tally[stance]} {words}" for stance, words in STANCE_NAMES.items() if stance in tally)
            parts.append(f"<h3>{safe(self.study.labels.get(proposition, proposition))}</h3>")
            parts.append(table(f"{told}; each in its sentence", ("Sentence", "Stance", "Who", "Article"), map(self._stance, rows.to_dict("records"))))
        read = parts or ['<p class="note">No stance on a proposition of the codebook was read.</p>']
        return section("stances", "Who stands where", *read, self._proposals())

    def _stance(self, row: Mapping[Any, Any]) -> tuple[str, str, str, str]:
        who = safe(row["actor"]) or safe(row["organization"]) or "not named"
        party = f"<br><span class='note'>{safe(self.study.parties.name(row['party']))}</span>" if isinstance(row["party"], str) else ""
        stance = safe(STANCE_NAMES.get(str(row["stance"]), row["stance"]))
        return self.sentence(row["article_id"], row["start"], row["end"]), stance, who + party, self.article(row["article_id"])

    def _proposals(self) -> str:
        """The stances that are only proposed, folded: each in its sentence, with the reason why it is none of the table."""
        frame = self.study.proposals.sort_values("score", ascending=False, kind="stable")
        if frame.empty:
            return ""
        more = f"; {len(frame) - MOST_PROPOSED:,} more are not listed" if len(frame) > MOST_PROPOSED else ""
        rows = [self._proposal(row) for row in frame.head(MOST_PROPOSED).to_dict("records")]
        heads = ("Sentence", "Proposed stance", "Who", "Article", "Why not certain")
        listed = table("Not confirmed by anybody, and counted in no figure", heads, rows)
        return f"<details><summary>{plural(len(frame), 'proposal')}, the likeliest first{more}</summary>{listed}</details>"

    def _proposal(self, row: Mapping[Any, Any]) -> tuple[str, ...]:
        sentence, stance, who, article = self._stance(row)
        about = safe(self.study.labels.get(row["proposition"], row["proposition"]))
        score = f"<br><span class='note'>{safe(row['score'])} per cent likely</span>" if pd.notna(row["score"]) else ""
        return sentence, f"{about}: {stance}", who, article, f"{safe(row['reason'])}{score}"

    def declined(self) -> str:
        """What was seen and declined, by reason with a few examples; the files that were not read and the articles left out."""
        study = self.study
        rows = [
            (safe(table_name), safe(reason), safe(len(found)), "<br>".join(self._examples(found)))
            for (table_name, reason), found in study.skipped.groupby(["table", "reason"], sort=True)
        ]
        problems = [tuple(map(safe, row)) for row in study.problems[["file", "problem", "advice"]].itertuples(index=False)]
        left = [(self.article(row["article_id"]), safe(row["left_out"]), safe(row["left_out_reason"])) for row in study.left_out.to_dict("records")]
        number = len(study.skipped)
        return section(
            "declined",
            "What was declined, left out and not read",
            table(f"{number:,} stretches of text were seen and declined", ("Table", "Reason", "Number", "Such as"), rows),
            table("Articles left out of every figure", ("Article", "Reason", "In words"), left),
            table("Files that could not be read, or only in part", ("File", "What is wrong", "What to do"), problems),
            "" if rows or left or problems else '<p class="note">Nothing.</p>',
        )

    def corrections(self) -> str:
        """Each decision of the ledger: who, when, on what, why, and what became of it."""
        decisions = self.study.corpus.corrected.decisions.to_dict("records")
        rows = [
            (safe(row["who"]), safe(row["when"]), _decision(row), self.article(row["article_id"]), f"{safe(row['outcome'])}<br>{_why(row)}")
            for row in decisions
        ]
        told = "" if rows else '<p class="note">No row was corrected by hand.</p>'
        return section("corrections", "Corrections, and by whom", told, table(str(self.study.corpus.corrected).partition("\n")[0], HEADS, rows))

    def _examples(self, found: pd.DataFrame) -> Iterator[str]:
        for row in found.head(EXAMPLES).to_dict("records"):
            text = str(row["text"])
            yield f"<q>{safe(text if len(text) <= LONGEST else text[:LONGEST] + '…')}</q>"


def _aside(words: str | None) -> str:
    """What is to be known of a value before it is printed, behind it."""
    return f" <span class='note'>({safe(words)})</span>" if words else ""


def _why(row: Mapping[Any, Any]) -> str:
    return safe(row["explanation"])


def _decision(row: Mapping[Any, Any]) -> str:
    """A decision in words: "edit of counts, value: 100 → 1,000", the characters that it is about, and why."""
    change = f", {safe(row['field'])}: {safe(row['old'])} → {safe(row['new'])}" if row["field"] else ""
    note = f"<br><span class='note'>{safe(row['note'])}</span>" if row["note"] else ""
    return f"{safe(row['action'])} in {safe(row['table'])}{change}<br><q>{safe(str(row['text'])[:LONGEST])}</q>{note}"
