"""One article from beginning to end: where its rows stand."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import altair as alt
import pandas as pd

from stcalib.analysis.tallies import filled
from stcalib.charts.base import Chart, article_labels, colour, distinct_labels, label, layered, nothing, plain, plural, shape, titled, values
from stcalib.charts.of_corpus import Drawn, Tables, of_corpus
from stcalib.display.theme import NO_MEASURES, NO_PARTIES, SOFT, STANCE_COLOURS, WIDTH, Measures, Parties

ROW = 24
COUNTS_ROW = "(counts)"
POSITIONS_ROW = "(positions)"


def _of_corpus(tables: Tables, options: dict[str, Any]) -> dict[str, Any]:
    article_id = tables.article(options.pop("article_id", None))
    whole = tables.corpus.articles
    rows = {name: tables.rows(name, article_id) for name in ("quotes", "counts", "positions")}
    about = whole[whole["article_id"] == article_id].reset_index(drop=True)
    return {**rows, "articles": about, "parties": tables.parties, "measures": tables.measures}


@of_corpus(Drawn("the tables of quotes, counts, positions and articles", ("actor", "start", "end", "party", "kind", "text")), _of_corpus)
def article_strip(
    quotes: pd.DataFrame,
    counts: pd.DataFrame,
    positions: pd.DataFrame,
    articles: pd.DataFrame,
    parties: Parties = NO_PARTIES,
    measures: Measures = NO_MEASURES,
) -> Chart:
    """Where in the article each speaker's words, each count and each position stand, from left to right.

    Takes the rows of one article, and the `articles` table with its one row; or a corpus, and which article of it:
    `article_strip(corpus, article_id="my-article")`, else the one with most rows. Speech is coloured by the speaker's party.
    """
    if quotes.empty and counts.empty and positions.empty:
        return nothing("Nothing found in this article", "It holds no quote, count or position; the skipped table says what was declined.")
    parties_of: dict[str, dict[str, None]] = {}
    for actor, party in zip(filled(quotes["actor"]), filled(quotes["party"]), strict=True):
        parties_of.setdefault(actor, {}).update({party: None} if party else {})
    called = {name: label(name, 36) + "".join(map(parties.behind, those)) for name, those in parties_of.items()}
    speakers = distinct_labels({name: text if name else "(speaker not known)" for name, text in called.items()}, 56)
    speech = pd.DataFrame(
        {
            "row": [speakers[name] for name in filled(quotes["actor"])],
            "from": quotes["start"],
            "to": quotes["end"],
            "party": filled(quotes["party"]),
            "kind": quotes["kind"],
            "words": [label(text, 160) for text in quotes["text"]],
        }
    )
    order = [*dict.fromkeys(speech["row"])]
    layers = [_speech(speech, parties)] if len(speech) else []
    for name, rows, field, shades in (
        (COUNTS_ROW, counts, "measure", measures.of(set(filled(counts["measure"])))),
        (POSITIONS_ROW, positions, "stance", STANCE_COLOURS),
    ):
        if len(rows):
            order.append(name)
            layers.append(_ticks(name, rows, field, shades))
    x = alt.Scale(domain=[0, max(int(articles["n_chars"].max()), 1)], nice=False)
    y = alt.Y("row:N", sort=order, scale=alt.Scale(domain=order), title=None, axis=alt.Axis(domain=False, ticks=False, grid=True))
    drawn = [
        layer.encode(x=alt.X("from:Q", scale=x, title="characters from the beginning of the article", axis=alt.Axis(tickCount=8)), y=y)
        for layer in layers
    ]
    found = [plural(len(quotes), "quote"), plural(len(counts), "count"), plural(len(positions), "position")]
    name = ", ".join(article_labels(articles["article_id"], articles).values())
    text = f"{name}: {found[0]}, {found[1]} and {found[2]}"
    note = "Speech in the colour of the speaker's party: thick bars stand in quotation marks, thin pale ones are paraphrased."
    strip = layered(*drawn, width=WIDTH - 120, height=ROW * len(order), title=titled(text, note))
    return cast("alt.LayerChart", strip.resolve_scale(color="independent", shape="independent"))


def _speech(speech: pd.DataFrame, parties: Parties) -> alt.Chart:
    here = parties.of(set(speech["party"]))
    bars = alt.Chart(values(speech)).mark_bar(minBandSize=2).encode(
        x2="to:Q",
        color=colour("party", here, "Party", parties.legend()),
        opacity=alt.condition("datum.kind === 'indirect'", alt.value(0.45), alt.value(1)),
        size=alt.condition("datum.kind === 'indirect'", alt.value(6), alt.value(ROW - 10)),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("row", "party", "kind", "words")],
    )  # fmt: skip
    return plain(bars)


def _ticks(name: str, rows: pd.DataFrame, field: str, shades: Mapping[str, str]) -> alt.Chart:
    data = pd.DataFrame(
        {
            "row": name,
            "from": rows["start"],
            field: filled(rows[field]),
            "words": [label(text, 160) for text in rows["text"]],
        }
    )
    here = {key: shades.get(key, SOFT) if key else SOFT for key in dict.fromkeys([*shades, ""]) if key in set(data[field])}
    called = {"": "not known", **{key: key.replace("_", " ") for key in here}}
    points = alt.Chart(values(data)).mark_point(filled=True, size=80, opacity=1).encode(
        color=colour(field, here, field.capitalize(), called),
        shape=shape(field, here, field.capitalize(), called),
        tooltip=[alt.Tooltip(f"{column}:N") for column in ("row", field, "words")],
    )  # fmt: skip
    return plain(points)
