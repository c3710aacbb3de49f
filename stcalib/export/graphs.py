"""Discourse networks as GraphML, for Gephi, Cytoscape, visone and others."""

from __future__ import annotations

from stcalib.analysis.networks import affiliation, between, graphml, statements
from stcalib.corpus.corpus import Corpus


def graph_files(corpus: Corpus) -> dict[str, bytes]:
    """The network of actors and propositions, and the one between actors, of the articles that are on the issue.

    Raises `NetworkError` where NetworkX is missing.
    """
    articles = corpus.articles
    kept = articles[articles["left_out"].isna()]
    chosen = statements(corpus.positions[corpus.positions["article_id"].isin(kept["article_id"])], articles)
    return {"affiliation.graphml": graphml(affiliation(chosen)), "actors.graphml": graphml(between(chosen, "subtract"))}
