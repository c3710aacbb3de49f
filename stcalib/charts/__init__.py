"""Charts: data frame in, Altair chart out; the one for print is a Matplotlib figure. Nothing is read from disk and nothing extracted.

Text from articles is shown as text, shortened and on one line; fields never bear a name that Vega would act on. A
frame without rows gives a chart that says so in a sentence.

Each chart can be had in one line of a corpus (`charts.crossings(corpus)`), or of the frames that its docstring names.
Importing the room makes the house theme and renderer Altair's, so that charts show themselves in JupyterLab offline.

In: data frames of the package, or a corpus. Out: Altair charts. Imports analysis, official, corpus, display and core.
"""

from stcalib.charts.article import article_strip
from stcalib.charts.corpus import timeline
from stcalib.charts.crossings import crossings
from stcalib.charts.networks import actor_network, affiliation_network
from stcalib.charts.printed import stances_in_print
from stcalib.charts.speech import shared_quotations, speech_by_actor, speech_by_article, speech_by_party
from stcalib.charts.stance_time import stance_timeline
from stcalib.charts.stances import stance_matrix
from stcalib.charts.verdicts import stated_against_official
from stcalib.display.theme import enable

__all__ = [
    "actor_network",
    "affiliation_network",
    "article_strip",
    "crossings",
    "shared_quotations",
    "speech_by_actor",
    "speech_by_article",
    "speech_by_party",
    "stance_matrix",
    "stance_timeline",
    "stances_in_print",
    "stated_against_official",
    "timeline",
]

enable()


def __dir__() -> list[str]:
    return __all__
