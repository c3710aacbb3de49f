"""Who stands where: party by proposition, with the sentences that show it."""

from __future__ import annotations

import textwrap
from collections.abc import Mapping
from typing import Any

import altair as alt
import pandas as pd

from stcalib.analysis.actor_names import group_of
from stcalib.analysis.stances import PROPOSAL
from stcalib.analysis.tallies import filled
from stcalib.charts.base import (
    CHARACTER,
    Chart,
    and_more,
    colour,
    distinct_labels,
    in_order,
    label,
    layered,
    nothing,
    plural,
    stacked,
    text_panel,
    titled,
    values,
)
from stcalib.charts.of_corpus import Drawn, Tables, of_corpus
from stcalib.display.theme import INK, NO_PARTIES, STANCE_COLOURS, Parties

STANCE_NAMES = {"support": "for", "ambivalent": "undecided", "oppose": "against"}
SIGNS = {"support": "+", "ambivalent": "±", "oppose": "−"}
"""What tells stances apart where a figure is printed in grey."""
SIGNED = {stance: f"{SIGNS[stance]} {name}" for stance, name in STANCE_NAMES.items()}
EMPTY = "#f5f7fa"
CELL = 70
ROW = 46
HEAD_WIDTH = 11
"""Characters of a proposition's label on one line."""
LABEL_LINE = 14
MOST_GROUPS = 30
"""Parties or actors that the matrix shows, those in the order of the codebook or with most sentences."""
EVIDENCE_LINES = 22
"""Lines of text that the panel of evidence can hold."""


def _of_corpus(tables: Tables, options: dict[str, Any]) -> dict[str, Any]:
    told = {"labels": tables.labels, "parties": tables.parties, "left_out": len(tables.rows("proposals"))}
    return {"positions": tables.stances, **told}


NEEDED = ("party", "actor", "organization", "proposition", "stance", "text", "article_id")


@of_corpus(Drawn("the table of positions", NEEDED), _of_corpus)
def stance_matrix(
    positions: pd.DataFrame,
    by: str = "party",
    labels: Mapping[str, str] | None = None,
    parties: Parties = NO_PARTIES,
    evidence: bool = False,
    left_out: int = 0,
) -> Chart:
    """Evidence sentences for each stance, `by` party, actor or organization, and proposition.

    Takes the `positions` table, or a corpus, and short `labels` of the propositions, in the order wanted. Rows whose column `tier` says
    "proposal" are marked as such; `left_out` tells how many proposals are not among the rows. With `evidence`, a click on
    a cell shows its sentences below, each with its article; without, it is the matrix alone, for print.
    """
    if positions.empty:
        return nothing(f"Nobody takes a position{and_left_out(left_out)}", f"The selection holds no position. {tier_note(positions, left_out)}")
    labels = labels or {}
    rows = positions.assign(**{by: filled(group_of(positions, by))})
    called = {code: parties.name(code) if by == parties.noun else code or "none known" for code in sorted(set(rows[by]))}
    rows["group"] = rows[by].map(distinct_labels(called, 40))
    rows["key"] = rows["group"] + "|" + rows["proposition"] + "|" + rows["stance"]
    propositions = in_order(rows["proposition"], labels)
    heads = distinct_labels({name: labels.get(name, name.replace("_", " ")) for name in propositions}, 48)
    titles = _level({name: textwrap.wrap(head, HEAD_WIDTH, break_long_words=False) for name, head in heads.items()})
    picked = alt.selection_point(name="cell", fields=["key"], on="click", empty=False)
    every = _ordered_groups(rows, by)
    groups = every[:MOST_GROUPS]
    rows = rows[rows["group"].isin(groups)]
    chart = _matrix(_cells(rows, titles), groups, list(titles.values()), picked if evidence else None)
    several = "parties" if by == "party" else f"{by}s"
    text = f"Where {several} stand: {plural(len(rows), 'sentence')} of evidence on {plural(len(propositions), 'proposition')}"
    note = "Figures count sentences that show the stance; a darker cell has more. An empty cell says nothing was found, not that there is no stance. "
    note += tier_note(rows, left_out) + and_more(len(every) - len(groups), by, several)
    if not evidence:
        return chart.properties(title=titled(text, note))
    panel = _evidence(rows, picked, chart_width=CELL * len(propositions))
    return stacked(chart, panel, spacing=18, title=titled(text, note + " Click a cell to read its sentences."))


def tier_note(rows: pd.DataFrame, left_out: int) -> str:
    """What a figure says of proposals: how many it holds and how they are marked, or how many it leaves out."""
    held = int(proposed(rows).sum())
    if held:
        return f"A question mark: {plural(held, 'proposal')} among them, not confirmed by anybody."
    return f"{plural(left_out, 'proposal')} left out, which nobody has confirmed." if left_out else "No proposal left out."


def and_left_out(number: int) -> str:
    """What the title of a figure without a stance adds, so that nothing drawn is not taken for nothing found."""
    return f"; {plural(number, 'proposal')} left out" if number else ""


def proposed(rows: pd.DataFrame) -> pd.Series[bool]:
    """Which rows are only proposals."""
    return rows["tier"] == PROPOSAL if "tier" in rows else pd.Series(False, index=rows.index)


def _cells(rows: pd.DataFrame, titles: Mapping[str, str]) -> pd.DataFrame:
    cells = rows.assign(proposed=proposed(rows)).groupby(["group", "proposition", "stance", "key"], as_index=False).agg(
        n=("text", "size"), proposals=("proposed", "sum"), actors=("actor", _names), articles=("article_id", "nunique")
    )
    told = zip(cells["stance"], cells["n"], cells["proposals"], strict=True)
    cells["figure"] = [f"{SIGNS.get(stance, '')}{n}{'?' if proposals else ''}" for stance, n, proposals in told]
    cells["about"] = [titles[name] for name in cells["proposition"]]
    cells["strength"] = [round(min(1.0, 0.42 + 0.16 * (n - 1)), 2) for n in cells["n"]]
    return cells


def _ordered_groups(rows: pd.DataFrame, by: str) -> list[str]:
    """The groups with most sentences first, what has no name last."""
    sizes = rows.groupby([by, "group"], as_index=False).size()
    ordered = sorted(zip(sizes[by], sizes["group"], sizes["size"], strict=True), key=lambda row: (row[0] == "", -row[2], row[1]))
    return [group for _, group, _ in ordered]


def _level(titles: Mapping[str, list[str]]) -> dict[str, str]:
    """Labels of several lines, with blank lines on top of the shorter ones, so that all end on one line."""
    most = max(map(len, titles.values()))
    return {name: "\n".join([" "] * (most - len(lines)) + lines) for name, lines in titles.items()}


def _names(actors: pd.Series[str]) -> str:
    return label(", ".join(sorted(set(actors))), 160)


def _matrix(cells: pd.DataFrame, groups: list[str], about: list[str], picked: alt.Parameter | None) -> alt.LayerChart:
    domain = list(STANCE_NAMES)
    lines = 8 + LABEL_LINE * max(name.count("\n") for name in about)
    heads = alt.Axis(
        orient="top", labelAngle=0, labelExpr="split(datum.label, '\\n')", labelAlign="center", labelPadding=lines,
        labelLineHeight=LABEL_LINE, labelFontSize=11, domain=False, ticks=False,
    )  # fmt: skip
    x = alt.X("about:N", sort=about, title=None, scale=alt.Scale(domain=about, paddingInner=0.12), axis=heads)
    sides = alt.Axis(domain=False, ticks=False, labelFontWeight="bold")
    y = alt.Y("group:N", sort=groups, title=None, scale=alt.Scale(domain=groups, paddingInner=0.18), axis=sides)
    named = {"group": "who", "n": "sentences"}
    fields = ("group", "proposition", "stance", "n", "proposals", "articles", "actors")
    tooltip = [alt.Tooltip(f"{field}:N", title=named.get(field, field)) for field in fields]
    base = alt.Chart(values(cells)).encode(x=x, y=y, xOffset=alt.XOffset("stance:N", scale=alt.Scale(domain=domain)), tooltip=tooltip)
    boxes = base.mark_rect(cornerRadius=2).encode(
        color=colour("stance", STANCE_COLOURS, "Stance", SIGNED), opacity=alt.Opacity("strength:Q", scale=None, legend=None)
    )
    if picked is not None:
        outline = alt.condition(picked, alt.value(INK), alt.value("transparent"))
        boxes = boxes.encode(stroke=outline, strokeWidth=alt.value(2)).add_params(picked)
    numbers = base.mark_text(fontWeight="bold").encode(
        text="figure:N",
        size=alt.condition("length(datum.figure) > 3", alt.value(9), alt.value(12)),
        color=alt.condition("datum.strength >= 0.6", alt.value("white"), alt.value(INK))
    )
    frame = pd.DataFrame([{"group": group, "about": name} for group in groups for name in about])
    grid = alt.Chart(values(frame)).mark_rect(fill=EMPTY, cornerRadius=3).encode(x=x, y=y)
    return layered(grid, boxes, numbers, width=CELL * len(about), height=ROW * len(groups))


def _evidence(rows: pd.DataFrame, picked: alt.Parameter, chart_width: int) -> alt.Chart:
    """The sentences of the chosen cell, wrapped to the width of the matrix."""
    width = max(60, int(chart_width / CHARACTER))
    texts: dict[str, list[str]] = {}
    for key, cell in rows.groupby("key"):
        lines = [line for _, row in cell.sort_values(["article_id", "start"]).iterrows() for line in _sentence(row, width)]
        texts[str(key)] = lines if len(lines) <= EVIDENCE_LINES else [*lines[: EVIDENCE_LINES - 1], "… more in the positions table"]
    return text_panel(texts, "key", picked, chart_width)


def _sentence(row: pd.Series[Any], width: int) -> list[str]:
    doubt = " (proposal)" if row.get("tier") == PROPOSAL else ""
    text = f"{label(row['actor'], 60)}{doubt}: {label(row['text'], 400)}  [{label(row['article_id'], 40)}, {row['start']}–{row['end']}]"
    return textwrap.wrap(text, width, initial_indent="– ", subsequent_indent="\u2007\u2007")
