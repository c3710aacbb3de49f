"""Discourse networks drawn: actors and propositions in two columns, and actors in a ring."""

from __future__ import annotations

import math
from collections import Counter
from collections.abc import Mapping
from typing import TYPE_CHECKING, Any, cast

import altair as alt
import pandas as pd

from stcalib.analysis.networks import affiliation, between, statements
from stcalib.charts.base import Chart, colour, dash, distinct_labels, in_order, label, layered, nothing, plural, titled, values
from stcalib.charts.of_corpus import Drawn, Tables, of_corpus
from stcalib.display.theme import INK, NO_PARTIES, STANCE_COLOURS, Parties

if TYPE_CHECKING:
    from networkx import Graph

ROW = 19
COLUMN = 300
"""Width of the space that the ties cross."""
SIDES = {"for": STANCE_COLOURS["support"], "both": STANCE_COLOURS["ambivalent"], "against": STANCE_COLOURS["oppose"]}
TIES = {"agree": STANCE_COLOURS["support"], "both": STANCE_COLOURS["ambivalent"], "disagree": STANCE_COLOURS["oppose"]}
RADIUS = 190
CLOSE = 12
"""Actors in a ring beyond which their names would run into one another at its top and bottom."""
MOST_TIES = 30
"""Of more ties than these the backbone alone is drawn."""
NOTHING = ("No network", "The selection holds no statement for or against.")


def _statements(tables: Tables, options: dict[str, Any]) -> pd.DataFrame:
    return statements(tables.rows("positions"), tables.articles, duplicates=options.pop("duplicates", "document"))


@of_corpus(
    Drawn("analysis.affiliation(analysis.statements(positions, articles))"),
    lambda tables, options: {"graph": affiliation(_statements(tables, options)), "labels": tables.labels, "parties": tables.parties},
)
def affiliation_network(graph: Graph, labels: Mapping[str, str] | None = None, parties: Parties = NO_PARTIES, top: int = 30) -> Chart:
    """Actors in the left column, propositions in the right, tied where an actor takes a side.

    Takes `analysis.affiliation(…)`, or a corpus, and short `labels` of the propositions, in the order wanted. Of the actors the `top`
    with most statements are shown.
    """
    labels = labels or {}
    actors = [node for node, data in graph.nodes(data=True) if data["bipartite"] == 0]
    if not actors or not graph.number_of_edges():
        return nothing(*NOTHING)
    chosen = sorted(actors, key=lambda node: (-graph.nodes[node]["n_statements"], node))[:top]
    palette = parties.of({graph.nodes[node]["party"] for node in chosen})
    rank = list(palette)
    chosen.sort(key=lambda node: (rank.index(graph.nodes[node]["party"]), -graph.nodes[node]["n_statements"], node))
    named = {graph.nodes[node]["label"]: node for node, data in graph.nodes(data=True) if data["bipartite"] == 1 and set(graph[node]) & set(chosen)}
    ordered = in_order(named, labels)
    height = ROW * max(len(chosen), 2 * len(ordered))
    left = {node: round((i + 0.5) * height / len(chosen), 1) for i, node in enumerate(chosen)}
    right = {named[name]: round((i + 0.5) * height / len(ordered), 1) for i, name in enumerate(ordered)}
    kept, thinned = backbone(graph, [(one, other) for one in chosen for other in sorted(graph[one])], "n")
    ties = [
        {
            "y": left[one], "y2": right[other], "width": round(1.2 + 1.1 * math.log2(data["support"] + data["oppose"]), 2),
            "side": "both" if data["support"] and data["oppose"] else "for" if data["support"] else "against",
            "who": label(one, 60), "about": label(graph.nodes[other]["label"], 60), "for": data["support"], "against": data["oppose"],
        }
        for one, other in kept for data in [graph.edges[one, other]]
    ]  # fmt: skip
    lines = alt.Chart(values(pd.DataFrame(ties))).mark_rule(opacity=0.75).encode(
        x=alt.value(0), x2=alt.value(COLUMN), y=_at("y", height), y2="y2:Q", color=colour("side", SIDES, "Takes a side"),
        strokeDash=dash("side", SIDES, "Takes a side"),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None), tooltip=["who:N", "about:N", "for:Q", "against:Q"],
    )  # fmt: skip
    called = _called(graph, chosen, parties)
    people = [{"y": left[node], "name": called[node], "shade": palette[graph.nodes[node]["party"]]} for node in chosen]
    heads_of = distinct_labels({name: labels.get(name, name.replace("_", " ")) for name in ordered}, 48)
    about = [{"y": right[named[name]], "name": heads_of[name]} for name in ordered]
    who = alt.Chart(values(pd.DataFrame(people))).encode(y=_at("y", height))
    dots = who.mark_circle(size=80, opacity=1).encode(x=alt.value(0), color=alt.Color("shade:N", scale=None))
    names = who.mark_text(align="right", dx=-9, fontSize=11).encode(x=alt.value(0), text="name:N")
    ends = alt.Chart(values(pd.DataFrame(about))).encode(y=_at("y", height))
    boxes = ends.mark_square(size=60, opacity=1, color=INK).encode(x=alt.value(COLUMN))
    heads = ends.mark_text(align="left", dx=9, fontSize=12).encode(x=alt.value(COLUMN), text="name:N")
    most = max(about, key=lambda end: sum(node in graph[named[ordered[about.index(end)]]] for node in chosen))
    n = sum(node in graph[named[ordered[about.index(most)]]] for node in chosen)
    text = f"“{most['name']}” ties together most actors: {n} of {len(chosen)} take a side on it"
    rest = f" {plural(len(actors) - len(chosen), 'actor')} with fewer statements not shown." if len(actors) > len(chosen) else ""
    note = f"A line is a stance, wider with more statements; dots in the colours of parties, which stand behind the names.{rest}{thinned}"
    return _drawn(lines, dots, names, boxes, heads, width=COLUMN, height=height, title=titled(text, note))


def _called(graph: Graph, chosen: list[str], parties: Parties) -> dict[str, str]:
    """The actors' labels, each with its party."""
    return distinct_labels({node: f"{label(node, 34)}{parties.behind(graph.nodes[node]['party'])}" for node in chosen}, 54)


def _at(field: str, height: float) -> alt.Y:
    return alt.Y(f"{field}:Q", axis=None, scale=alt.Scale(domain=[0, height], range=[0, height], nice=False))


@of_corpus(
    Drawn("analysis.between(analysis.statements(positions, articles))"),
    lambda tables, options: {
        "graph": between(_statements(tables, options), "subtract", options.pop("normalization", "no")),
        "parties": tables.parties,
    },
)
def actor_network(graph: Graph, parties: Parties = NO_PARTIES, top: int = 24) -> Chart:
    """Actors in a ring, by party, tied where they agree or disagree.

    Takes `analysis.between(…, "subtract")` or another, or a corpus. Of the actors the `top` with most statements that have a tie
    are shown.
    """
    tied = [node for node in graph if graph.degree[node]]
    if not tied:
        return nothing("No two actors speak on one proposition", "The selection holds no tie between actors.")
    chosen = sorted(tied, key=lambda node: (-graph.nodes[node]["n_statements"], node))[:top]
    palette = parties.of({graph.nodes[node]["party"] for node in chosen})
    rank = list(palette)
    chosen.sort(key=lambda node: (rank.index(graph.nodes[node]["party"]), node))
    # where many stand close, none of an even number stands at the very bottom, so that the names run off to both sides
    ahead = 0.5 if len(chosen) > CLOSE and len(chosen) % 2 == 0 else 0
    turns = {node: 2 * math.pi * (i + ahead) / len(chosen) - math.pi / 2 for i, node in enumerate(chosen)}
    places = {node: (round(RADIUS * math.cos(turn), 1), round(RADIUS * math.sin(turn), 1)) for node, turn in turns.items()}
    ties = []
    among = [(min(edge), max(edge)) for edge in graph.edges if set(edge) <= set(chosen)]
    kept, thinned = backbone(graph, sorted(among), "weight")
    for one, other in kept:
        data = graph.edges[one, other]
        kind = "both" if data["congruence"] == data["conflict"] else "agree" if data["congruence"] > data["conflict"] else "disagree"
        width = round(0.8 + 0.9 * math.log2(1 + abs(data["weight"])), 2)
        (x, y), (x2, y2) = places[one], places[other]
        ties.append({
            "x": x, "y": y, "x2": x2, "y2": y2, "kind": kind, "width": width, "who": f"{label(one, 40)} – {label(other, 40)}",
            "on": label(data["propositions"], 120), "agree": data["congruence"], "disagree": data["conflict"],
        })  # fmt: skip
    if not ties:
        return nothing("No two actors speak on one proposition", "The selection holds no tie between actors.")
    lines = alt.Chart(values(pd.DataFrame(ties))).mark_rule(opacity=0.6).encode(
        **_ring(), x2="x2:Q", y2="y2:Q", color=colour("kind", TIES, "They mostly"), strokeDash=dash("kind", TIES, "They mostly"),
        strokeWidth=alt.StrokeWidth("width:Q", scale=None, legend=None), tooltip=["who:N", "on:N", "agree:Q", "disagree:Q"],
    )  # fmt: skip
    called = _called(graph, chosen, parties)
    people = [
        {"x": x, "y": y, "name": called[node], "shade": palette[graph.nodes[node]["party"]], "right": x >= 0}
        for node, (x, y) in places.items()
    ]
    who = alt.Chart(values(pd.DataFrame(people))).encode(**_ring())
    dots = who.mark_circle(size=130, opacity=1, stroke="white").encode(color=alt.Color("shade:N", scale=None))
    aside = [one for one in people if one["x"] or len(chosen) <= CLOSE]
    named = who if len(aside) == len(people) else alt.Chart(values(pd.DataFrame(aside))).encode(**_ring())
    below = alt.Chart(values(pd.DataFrame([one for one in people if one not in aside]))).encode(**_ring(), text="name:N")
    lowest = [below.mark_text(dy=15, fontSize=11)] if named is not who else []
    east = named.transform_filter("datum.right").mark_text(align="left", dx=10, fontSize=11).encode(text="name:N")
    west = named.transform_filter("!datum.right").mark_text(align="right", dx=-10, fontSize=11).encode(text="name:N")
    n_against = sum(graph.edges[edge]["congruence"] < graph.edges[edge]["conflict"] for edge in among)
    text = f"{plural(len(among), 'pair')} of actors speak on the same propositions; {n_against} of them mostly disagree"
    left = len(tied) + int(graph.graph.get("n_untied", 0)) - len(chosen)
    rest = f" {plural(left, 'actor')} with fewer statements not shown." if left > 0 else ""
    note = "A line ties two actors who take sides on a proposition both speak of; dots in the colours of parties, "
    note += f"which stand behind the names.{rest}{thinned}"
    side = 2 * RADIUS + 40
    return _drawn(lines, dots, east, west, *lowest, width=side, height=side, title=titled(text, note))


def backbone(graph: Graph, edges: list[tuple[str, str]], weight: str) -> tuple[list[tuple[str, str]], str]:
    """The ties to draw, in order, and a sentence on what is left out; with up to `MOST_TIES` all of them.

    Of more, those that are least likely if each node spread its weight over its ties by chance: the disparity filter of
    Serrano, Boguñá and Vespignani (Extracting the multiscale backbone of complex weighted networks, PNAS 106, 2009), at the
    level at which `MOST_TIES` remain. `weight` is an attribute of the ties, of which the size counts, or "n" for their statements.
    """
    if len(edges) <= MOST_TIES:
        return edges, ""
    sizes = {edge: _size(graph.edges[edge], weight) for edge in edges}
    strength: dict[str, float] = {}
    for edge, size in sizes.items():
        for node in edge:
            strength[node] = strength.get(node, 0.0) + size
    degree = Counter(node for edge in edges for node in edge)
    levels = {edge: min(_by_chance(size, strength[node], degree[node]) for node in edge) for edge, size in sizes.items()}
    kept = sorted(sorted(edges, key=lambda edge: (levels[edge], -sizes[edge], edge))[:MOST_TIES])
    level = max(levels[edge] for edge in kept)
    return kept, f" Of {len(edges):,} ties the backbone is drawn (disparity filter of Serrano et al. 2009, level {level:.2g}); the CSV has all."


def _size(tie: Mapping[str, Any], weight: str) -> float:
    return float(tie["support"] + tie["oppose"]) if weight == "n" else abs(float(tie[weight]))


def _by_chance(size: float, strength: float, degree: int) -> float:
    """How likely a tie of a node is so strong or stronger by chance."""
    return float((1 - size / strength) ** (degree - 1)) if strength > 0 and degree > 1 else 1.0


def _drawn(*layers: Chart, **properties: Any) -> Chart:
    """Lines and dots on top of each other, each with colours of its own."""
    return cast("Chart", layered(*layers, **properties).resolve_scale(color="independent", strokeDash="independent"))


def _ring() -> dict[str, Any]:
    """The channels of a place in the ring."""
    scale = alt.Scale(domain=[-RADIUS - 20, RADIUS + 20], nice=False)
    return {"x": alt.X("x:Q", axis=None, scale=scale), "y": alt.Y("y:Q", axis=None, scale=scale)}
