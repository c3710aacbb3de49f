"""Who gets to speak: shares of reported words by actor, party and article, and quotations that several articles carry."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from functools import partial

import altair as alt
import pandas as pd

from stcalib.analysis.shared_quotations import shared_quotes, utterances
from stcalib.analysis.tallies import filled, words_by
from stcalib.charts.base import (
    CHARACTER,
    MANY,
    Chart,
    and_more,
    article_labels,
    by_date,
    colour,
    distinct_labels,
    has_dark,
    label,
    layered,
    nothing,
    plural,
    shape,
    shares_text,
    titled,
    values,
    wrapped,
)
from stcalib.charts.of_corpus import Drawn, of_corpus
from stcalib.display.theme import INK, NO_PARTIES, SOFT, WIDTH, Parties

NOTE = "Reported words, in quotation marks or paraphrased; figures at the bars: quotes, share of all reported words."
ROW = 24
BAR = WIDTH - 100
"""Width of a whole article's bar, in pixels."""


def _spoken(*by: str) -> Drawn:
    """What a chart of reported words draws: the words by these columns, the last of which may be another one."""
    columns = ", ".join(f'"{name}"' for name in by)
    return Drawn(f"analysis.words_by(quotes, {columns})", (*by[:-1], "n_words", "n_quotes", "share"), "quotes", (*by, "text"), partial(_words, by))


def _words(by: Sequence[str], quotes: pd.DataFrame) -> pd.DataFrame:
    return words_by(quotes, *by)


@of_corpus(
    _spoken("actor", "party"), lambda tables, _: {"words": words_by(tables.rows("quotes"), "actor", "party"), "parties": tables.parties}
)
def speech_by_actor(words: pd.DataFrame, parties: Parties = NO_PARTIES, top: int = 15) -> Chart:
    """Words of the `top` actors as bars, in the colour of their party.

    Takes `analysis.words_by(quotes, "actor", "party")`, the quotes themselves, or a corpus.
    """
    named = words[words["actor"] != ""]
    if named.empty:
        return nothing("Nobody speaks", "The selection holds no quote with a speaker.")
    shown = named.head(top)
    rows = pd.DataFrame(
        {
            "name": _one_a_row(shown["actor"]),
            "words": shown["n_words"],
            "party": shown["party"],
            "note": [f"{label(parties.name(code), 24)}: {note}" if code else note for code, note in zip(shown["party"], _notes(shown), strict=True)],
        }
    )
    most = shown.iloc[0]
    left = len(named) - len(shown)
    rest = f" {plural(left, 'actor')} with fewer words not shown." if left else ""
    text = f"{label(most['actor'], 40)} has {shares_text(float(most['share']))} of all reported words"
    return _bars(rows, titled(text, NOTE + rest), parties)


@of_corpus(_spoken("party"), lambda tables, _: {"words": words_by(tables.rows("quotes"), "party"), "parties": tables.parties})
def speech_by_party(words: pd.DataFrame, parties: Parties = NO_PARTIES) -> Chart:
    """Words by party as bars, or by what else `parties` are. Takes `analysis.words_by(quotes, "party")`, the quotes themselves, or a corpus."""
    if words.empty:
        return nothing("Nobody speaks", "The selection holds no quote.")
    by = parties.noun if parties.noun in words else "party"
    rows = pd.DataFrame(
        {
            "name": _one_a_row(parties.name(code) for code in words[by]),
            "words": words["n_words"],
            "party": words[by],
            "note": _notes(words),
        }
    )
    named = words[words[by] != ""]
    if named.empty:
        text = f"No speaker's {by} is known"
    else:
        first = named.iloc[0]
        share = shares_text(float(first["share"]))
        text = f"{label(parties.name(first[by]), 40)} speakers have {share} of all reported words, the most of {_a(by)}"
    return _bars(rows, titled(text, NOTE), parties, legend=False)


def _a(noun: str) -> str:
    return f"{'an' if noun[0] in 'aeiou' else 'a'} {noun}"


def _one_a_row(names: Iterable[str]) -> list[str]:
    return list(distinct_labels({str(row): name for row, name in enumerate(names)}, 44).values())


def _notes(words: pd.DataFrame) -> list[str]:
    return [f"{plural(int(n), 'quote')}, {shares_text(float(share))}" for n, share in zip(words["n_quotes"], words["share"], strict=True)]


def _bars(rows: pd.DataFrame, title: alt.TitleParams, parties: Parties, legend: bool = True) -> Chart:
    tint = colour("party", parties.of(set(rows["party"])), parties.noun.capitalize(), parties.legend(), shown=legend)
    width = WIDTH - 140
    room = width / (width - 14 - CHARACTER * max(map(len, rows["note"])))
    base = alt.Chart(values(rows)).encode(
        y=alt.Y("name:N", sort=list(rows["name"]), title=None, axis=alt.Axis(domain=False, ticks=False)),
        x=alt.X("words:Q", title="words", axis=alt.Axis(tickCount=6), scale=alt.Scale(domain=[0, int(rows["words"].max() * room) + 1])),
        tooltip=[alt.Tooltip("name:N", title="who"), alt.Tooltip("words:Q"), alt.Tooltip("note:N", title="of these")],
    )
    bars = base.mark_bar(height=ROW - 8).encode(color=tint)
    notes = base.mark_text(align="left", dx=6, color=SOFT, fontSize=11).encode(text="note:N")
    return layered(bars, notes, width=width, height=ROW * len(rows), title=title)


@of_corpus(
    _spoken("article_id", "party"),
    lambda tables, _: {
        "words": words_by(tables.rows("quotes"), "article_id", "party"),
        "articles": tables.articles,
        "parties": tables.parties,
    },
)
def speech_by_article(words: pd.DataFrame, articles: pd.DataFrame, parties: Parties = NO_PARTIES) -> Chart:
    """How the reported words of each article divide among parties, or what else `parties` are, as bars of one length.

    Takes `analysis.words_by(quotes, "article_id", "party")` or the quotes, and the `articles` table for labels; or a corpus.
    More than `MANY` articles are gathered by outlet, of which the `MANY` with most words are shown.
    """
    if words.empty:
        return nothing("Nobody speaks", "The selection holds no quote.")
    unit, rest = "article", ""
    words = words.rename(columns={parties.noun: "party"})
    names = article_labels(words["article_id"], articles)
    order_of = by_date(names, articles)
    if len(names) > MANY:
        words, names, rest = _by_outlet(words, articles)
        unit, order_of = "outlet", list(names.values())
    palette = parties.of(set(words["party"]))
    order = list(palette)
    whole = words.groupby("article_id")["n_words"].transform("sum")
    rows = pd.DataFrame(
        {
            "article": [names[key] for key in words["article_id"]],
            "party": words["party"],
            "party_name": [parties.name(code) for code in words["party"]],
            "words": words["n_words"],
            "quotes": words["n_quotes"],
            "share": (words["n_words"] / whole).round(4),
            "of_all": [f"{total:,} words" for total in whole],
            "rank": [order.index(code) for code in words["party"]],
            "light": [has_dark(palette[code]) for code in words["party"]],
        }
    ).sort_values(["article", "rank"], kind="stable")
    rows["text"] = [_within(name, share) for name, share in zip(rows["party_name"], rows["share"], strict=True)]
    rows["upto"] = rows.groupby("article")["share"].cumsum().round(4)
    rows["middle"] = (rows["upto"] - rows["share"] / 2).round(4)
    rows["of_all"] = rows["of_all"].where(~rows.duplicated("article"), "")
    base = alt.Chart(values(rows)).encode(
        y=alt.Y("article:N", sort=order_of, title=None, axis=alt.Axis(domain=False, ticks=False)),
        tooltip=[alt.Tooltip(f"{name}:N") for name in ("article", "party_name", "words", "quotes", "text")],
    )
    x = alt.X("from:Q", title=f"share of the {unit}'s reported words", scale=alt.Scale(domain=[0, 1]), axis=alt.Axis(format=".0%", tickCount=5))
    bars = base.transform_calculate(**{"from": "datum.upto - datum.share"}).mark_bar(height=ROW - 6, stroke="white", strokeWidth=1)
    bars = bars.encode(x=x, x2="upto:Q", color=colour("party", palette, parties.noun.capitalize(), parties.legend()))
    shares = base.mark_text(fontSize=11).encode(x="middle:Q", text="text:N", color=alt.condition("datum.light", alt.value("white"), alt.value(INK)))
    totals = base.mark_text(align="left", dx=6, fontSize=11, color=SOFT).encode(x=alt.datum(1), text="of_all:N")
    text = f"Who speaks in {f'the {unit}' if rows['article'].nunique() == 1 else f'each {unit}'}, by {parties.noun}"
    note = f"Shares of reported words, in quotation marks or paraphrased; beside each bar, all reported words of the {unit}.{rest}"
    height = ROW * rows["article"].nunique()
    return layered(bars, shares, totals, width=BAR, height=height, title=titled(text, note))


def _within(name: str, share: float) -> str:
    """What stands in a part of a bar: the share with its party's name where both fit, else alone."""
    text = f"{label(name, 24)} {shares_text(share)}"
    return text if share * BAR > CHARACTER * len(text) + 8 else shares_text(share) if share >= 0.06 else ""


def _by_outlet(words: pd.DataFrame, articles: pd.DataFrame) -> tuple[pd.DataFrame, dict[str, str], str]:
    """The words gathered by outlet under `article_id`, the labels of the outlets with most words first, and what is not shown."""
    outlets = dict(zip(articles["article_id"], filled(articles["outlet"]), strict=True))
    gathered = words.assign(article_id=[outlets.get(key, "") for key in words["article_id"]])
    tally = gathered.groupby(["article_id", "party"], as_index=False, sort=True)[["n_quotes", "n_words"]].sum()
    sizes = tally.groupby("article_id")["n_words"].sum()
    ordered = sorted(sizes.index, key=lambda name: (-sizes[name], name))
    names = distinct_labels({name: name or "(outlet not known)" for name in ordered[:MANY]}, 40)
    return tally[tally["article_id"].isin(set(names))], names, and_more(len(ordered) - len(names), "outlet", why=" with fewer words")


@of_corpus(
    Drawn(
        "analysis.shared_quotes(quotes)",
        ("utterance", "reference", "same", "n_words_differ", "article_id"),
        "quotes",
        ("quote_id", "article_id", "kind", "text", "actor"),
        shared_quotes,
    ),
    lambda tables, _: {"shared": shared_quotes(tables.rows("quotes")), "articles": tables.articles, "parties": tables.parties},
)
def shared_quotations(shared: pd.DataFrame, articles: pd.DataFrame, parties: Parties = NO_PARTIES) -> Chart:
    """Which quotation stands in which articles: a row for each utterance, a dot for each article that carries it.

    Takes `analysis.shared_quotes(quotes)` or the quotes, and the `articles` table; or a corpus. A dot is full where
    the wording is the longest one's, and the smaller the less of it an article has; a number in it counts the places in
    which its words differ. Where articles or utterances are more than `MANY`, bars tell in how many articles each stands.
    """
    if shared.empty:
        return nothing("No quotation stands in two articles", "No two articles of the selection carry the same words of a speaker.")
    if max(shared["article_id"].nunique(), shared["utterance"].nunique()) > MANY:
        return _most_carried(shared, parties)
    names = article_labels(shared["article_id"], articles)
    utterances = distinct_labels(dict(zip(shared["utterance"], shared["reference"], strict=True)), 124)
    rows = pd.DataFrame(
        {
            "utterance": [wrapped(utterances[key], 62, 2) for key in shared["utterance"]],
            "article": [names[key] for key in shared["article_id"]],
            "party": filled(shared["party"]),
            "actor": [label(name, 40) for name in shared["actor"]],
            "same": shared["same"],
            "differ": [str(n) if n else "" for n in shared["n_words_differ"]],
            "differences": [label(text, 200) for text in shared["differences"]],
            "wording": [label(text, 200) for text in shared["text"]],
        }
    )
    tint = colour("party", parties.of(set(rows["party"])), "Speaker's party", parties.legend())
    base = alt.Chart(values(rows)).encode(
        y=alt.Y("utterance:N", title=None, axis=alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=420, grid=True)),
        x=alt.X("article:N", sort=by_date(names, articles), title=None, axis=alt.Axis(orient="top", labelAngle=-30, grid=False)),
        tooltip=["actor:N", "article:N", alt.Tooltip("same:Q", format=".0%", title="same words"), "differences:N", "wording:N"],
    )
    shaped = shape("party", parties.of(set(rows["party"])), "Speaker's party", parties.legend())
    dots = base.mark_point(filled=True, opacity=1, stroke="white").encode(
        color=tint, shape=shaped, size=alt.Size("same:Q", scale=alt.Scale(domain=[0, 1], range=[30, 320]), legend=None)
    )
    count = rows["utterance"].nunique()
    text = f"{plural(count, 'quotation stands', 'quotations stand')} in more than one article"
    numbers = base.mark_text(fontSize=10, fontWeight="bold", color="white").encode(text="differ:N")
    note = (
        "A row is an utterance in its longest wording. The smaller the dot, the fewer of its words the article has; "
        "a number counts the places in which its words differ."
    )
    width = max(180, 62 * rows["article"].nunique())
    return layered(dots, numbers, width=width, height=42 * count, title=titled(text, note))


MOST_CARRIED = 30


def _most_carried(shared: pd.DataFrame, parties: Parties) -> Chart:
    """The quotations that stand in most articles, as bars."""
    every = utterances(shared)
    shown = every.head(MOST_CARRIED)
    names = distinct_labels(dict(zip(shown["utterance"], shown["reference"], strict=True)), 124)
    rows = pd.DataFrame(
        {
            "utterance": [wrapped(names[key], 62, 2) for key in shown["utterance"]],
            "articles": shown["n_articles"],
            "party": filled(shown["party"]),
            "actor": [label(name, 40) for name in shown["actor"]],
            "note": [
                f"{label(actor, 30)}{parties.behind(code)}: {plural(int(n), 'article')}" + (f", {differ:,} in other words" if differ else "")
                for actor, code, n, differ in zip(
                    shown["actor"], filled(shown["party"]), shown["n_articles"], shown["n_words_differ"], strict=True
                )
            ],
        }
    )
    axis = alt.Axis(labelExpr="split(datum.label, '\\n')", labelLimit=420, domain=False, ticks=False)
    base = alt.Chart(values(rows)).encode(
        y=alt.Y("utterance:N", sort=list(rows["utterance"]), title=None, axis=axis),
        x=alt.X("articles:Q", title="articles", axis=alt.Axis(tickCount=5), scale=alt.Scale(domain=[0, int(rows["articles"].max() * 2) + 1])),
        tooltip=["actor:N", "articles:Q", "note:N"],
    )
    bars = base.mark_bar(height=ROW - 8).encode(color=colour("party", parties.of(set(rows["party"])), "Speaker's party", parties.legend()))
    notes = base.mark_text(align="left", dx=6, color=SOFT, fontSize=11).encode(text="note:N")
    text = f"{plural(len(every), 'quotation stands', 'quotations stand')} in more than one article"
    rest = and_more(len(every) - len(shown), "quotation", why=" in fewer articles")
    note = f"In its longest wording, with the number of articles that carry it.{rest}"
    return layered(bars, notes, width=WIDTH - 300, height=38 * len(rows), title=titled(text, note))
