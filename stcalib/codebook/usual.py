"""The codebook that is meant where none is named: a name alone, so that the command can say it without reading any."""

from __future__ import annotations

DEFAULT = "stca"
"""The codebook of the package that is meant where none is named."""
