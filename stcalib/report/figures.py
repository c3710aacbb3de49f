"""The figures of a report: a drawing in the page, and the same chart live where scripts run."""

from __future__ import annotations

import json
from base64 import b64encode
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache, cached_property
from typing import Any

import pandas as pd

from stcalib import analysis, charts
from stcalib.charts.base import Chart
from stcalib.charts.crossings import of_one_axis
from stcalib.display import theme
from stcalib.notebook.figures import chart_svg
from stcalib.notebook.study import DAYS, Study
from stcalib.report.page import safe, static, table

MOST_DRAWN = 40
"""Rows that a figure with a line for each has at most."""
MOST_BEHIND = 100
"""Rows of a figure that are listed below it."""
READ = (
    "party", "organization", "actor", "proposition", "stance", "n", "n_actors", "n_articles", "n_quotes", "n_words", "share", "text", "measure",
    "place", "period_start", "period_end", "per_month", "official", "difference", "verdict", "earliest", "latest", "title", "outlet",
    "published_earliest", "published_latest", "published_basis",
)  # fmt: skip
"""Columns of the rows of figures that are read by people, in their order."""
SAME = ("text", "measure", "place", "period_start", "period_end")


@dataclass(frozen=True, slots=True)
class Drawn:
    """A chart by its name in the folder of figures."""

    name: str
    spec: dict[str, Any]
    data: pd.DataFrame
    note: str = ""

    @property
    def title(self) -> str:
        """The sentence that the chart bears above it."""
        return theme.title_of(self.spec)

    @property
    def subtitle(self) -> str:
        """What the chart says of itself below its title."""
        title = self.spec.get("title")
        text = title.get("subtitle", "") if isinstance(title, dict) else ""
        return " ".join(text) if isinstance(text, list) else str(text)


def drawn(study: Study) -> list[Drawn]:
    """The figures of a study, each as a whole specification."""
    theme.enable()
    return [Drawn(name, chart.to_dict(), data, note) for name, chart, data, note in _charts(study)]


def _charts(study: Study) -> Iterator[tuple[str, Chart, pd.DataFrame, str]]:
    """The charts that answer what an editor asks first, what was counted, is it so, who speaks, who stands where, each with the rows
    that it draws."""
    articles, parties = study.articles, study.parties
    if not study.counts.empty:
        stated = analysis.monthly_averages(study.counts[study.counts["place"] == study.place])
        note = "The table of numbers has them all." if len(stated) > MOST_DRAWN else ""
        months = analysis.official_months(study.official, study.measure, study.place)
        trend = charts.crossings(stated, months, articles, study.measure, study.place, study.official_source, study.measures)
        yield "crossings", trend, _titled(of_one_axis(stated, study.measures, study.measure), study), note
        verdicts, note = _each_once(_strongest_first(study.verdicts))
        against = charts.stated_against_official(verdicts, articles, study.official_source, study.measures)
        yield "stated_against_official", against, _titled(verdicts, study), note
    if not study.positions.empty or study.n_left_out:
        sentences = analysis.once(study.positions)
        matrix = charts.stance_matrix(sentences, study.by, study.labels, study.groups, left_out=study.n_left_out)
        yield "stance_matrix", matrix, analysis.stance_matrix(study.positions, study.by), ""
        dated = analysis.timeline(sentences, articles)
        yield "stance_timeline", charts.stance_timeline(dated, study.labels, parties, left_out=study.n_left_out), dated, ""
    if not study.quotes.empty:
        spoken, words = analysis.words_by(study.quotes, study.by), analysis.words_by(study.quotes, "actor", "party")
        yield "speech_by_party", charts.speech_by_party(spoken, study.groups), spoken, ""
        yield "speech_by_actor", charts.speech_by_actor(words, parties, 15), words, ""
    if 0 < len(articles) <= MOST_DRAWN:
        yield "corpus_timeline", charts.timeline(articles), articles, ""


def _titled(rows: pd.DataFrame, study: Study) -> pd.DataFrame:
    """Rows of counts with the titles of their measures and places, as the figure has them."""
    return rows.assign(measure=rows["measure"].map(study.measures.name), place=rows["place"].map(study.measures.place, na_action="ignore"))


def _strongest_first(verdicts: pd.DataFrame) -> pd.DataFrame:
    """Verdicts with those first that an editor must see: what disagrees."""
    order = {name: number for number, name in enumerate(("disagrees", "other window", "other measure", "withheld", *theme.VERDICT_COLOURS)[::-1])}
    return verdicts.sort_values("verdict", key=lambda column: -column.map(order).fillna(-1), kind="stable")


def _each_once(rows: pd.DataFrame) -> tuple[pd.DataFrame, str]:
    """Of more than `MOST_DRAWN` rows those that the figure counts, and what is said of the others: a number that several articles
    state in the same words of the same period counts once. Which of them are drawn, the furthest, is the chart's to say."""
    if len(rows) <= MOST_DRAWN:
        return rows, ""
    once = rows.drop_duplicates([name for name in SAME if name in rows]).reset_index(drop=True)
    return once, f"Equal numbers count once, {len(once):,} of {len(rows):,}; the table of numbers has them all."


@dataclass
class Earlier(Study):
    """The tables of another run as a study, of which figures are drawn as of this one."""

    tables: Mapping[str, pd.DataFrame] = field(default_factory=dict)

    def table(self, name: str) -> pd.DataFrame:
        """A table of that run; one that it lacks is empty."""
        frame = self.tables.get(name, super().table(name).head(0)).copy()
        for column in DAYS & set(frame.columns):
            frame[column] = pd.to_datetime(frame[column])
        return frame

    @cached_property
    def _sentences(self) -> dict[str, str]:
        # the texts of that run are not at hand
        return {}


def compared_figures(study: Study, now: Sequence[Drawn], other: Mapping[str, pd.DataFrame]) -> str:
    """The figures that differ, each as it was and as it is, side by side."""
    before = {figure.name: figure for figure in drawn(Earlier(study.notebook, study.values, tables=other))}
    parts = []
    for figure in now:
        was = before.get(figure.name)
        if was is not None and was.spec != figure.spec:
            sides = "".join(f"<div><h4>{when}</h4>{_still(one, f'{when}: {one.title}')}</div>" for when, one in (("Before", was), ("Now", figure)))
            parts.append(f'<div class="pair">{sides}</div>')
    return "".join(parts)


def _still(figure: Drawn, told: str) -> str:
    """A figure as a drawing that needs no script."""
    svg = b64encode(chart_svg(figure.spec)).decode()
    return f'<img class="still" alt="{safe(told)}" src="data:image/svg+xml;base64,{svg}">'


def figure_html(figure: Drawn, number: int) -> str:
    """A figure: its drawing, which prints and needs no script, and the specification of the live one."""
    told = " ".join(part for part in (f"{figure.title}.", figure.subtitle, figure.note) if part)
    return (
        f'<figure id="{figure.name}">{_still(figure, told)}'
        f'<div class="live" hidden></div><script type="application/json">{script_json(figure.spec)}</script>'
        f"<figcaption>Figure {number}. {safe(told)}</figcaption></figure>{_behind(figure, number)}"
    )


def _behind(figure: Drawn, number: int) -> str:
    """The rows that a figure draws, folded: for whoever cannot see it, and to be copied. What names rows for a program is left out."""
    columns = [name for name in READ if name in figure.data]
    rows = [tuple(safe(value) for value in record) for record in figure.data[columns].head(MOST_BEHIND).itertuples(index=False, name=None)]
    if not rows:
        return ""
    more = f", the first {MOST_BEHIND} of {len(figure.data):,}" if len(figure.data) > MOST_BEHIND else ""
    listed = table(f"Rows of figure {number}{more}", [name.replace("_", " ") for name in columns], rows)
    return f"<details class='behind'><summary>Figure {number} as a table</summary>{listed}</details>"


def script_json(value: object) -> str:
    """A value as JSON that can stand in a script element: nothing in it ends the element or a line."""
    text = json.dumps(value, ensure_ascii=False, sort_keys=True, default=str)
    return "".join(f"\\u{ord(char):04x}" if char in "<>&\u2028\u2029" else char for char in text)


@cache
def live_script() -> str:
    """The script that draws the charts: Vega, Vega-Lite and Vega-Embed are in it, and nothing is loaded from anywhere."""
    import altair as alt
    import vl_convert

    language = ".".join(alt.SCHEMA_VERSION.removeprefix("v").split(".")[:2])
    return str(vl_convert.javascript_bundle(static("report.js"), vl_version=language)).replace("</script", "<\\/script")
