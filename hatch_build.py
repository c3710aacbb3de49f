"""The long description of a built package: the README without links that lead only within the repository."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

from hatchling.metadata.plugin.interface import MetadataHookInterface

NOTE = "*Paths are those of the source; what stands below `stcalib/` is in the installed package too.*\n"


def long_description(readme: str) -> str:
    """The README for where no file stands beside it: pictures in words, links within the repository as the path behind the words."""
    text = re.sub(r"!\[([^\]]*)\]\((?!https?:)[^)]*\)", r"*Figure: \1*", readme)
    text = re.sub(r"\[([^\]]*)\]\((?!https?:|#|mailto:)([^)#]+)(?:#[^)]*)?\)", r"\1 (`\2`)", text)
    head, _, rest = text.partition("\n")
    return f"{head}\n\n{NOTE}{rest}"


class LongDescription(MetadataHookInterface):
    """Sets the readme of the package."""

    def update(self, metadata: dict[str, Any]) -> None:
        """Takes the README as it stands and makes the long description of it."""
        readme = (Path(self.root) / "README.md").read_text(encoding="utf-8")
        metadata["readme"] = {"content-type": "text/markdown", "text": long_description(readme)}
