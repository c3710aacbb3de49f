"""`python -m tests.release.qda_schema FOLDER`: holds exported projects and codebooks against the schema of REFI-QDA itself.

The folder holds `Project.xsd` and `Codebook.xsd` as www.qdasoftware.org publishes them; they are no part of this repository. Prints
a line for each file and ends with 1 where one is not valid, or a schema is missing.
"""

from __future__ import annotations

import sys
from pathlib import Path

from lxml import etree

sys.path.insert(0, str(Path(__file__).parents[1]))

from support.qda_files import qda_files

SCHEMAS = {"project": "Project.xsd", "codebook": "Codebook.xsd"}


def main(folder: Path) -> int:
    """Checks each file; gives the exit code."""
    missing = [name for name in SCHEMAS.values() if not (folder / name).is_file()]
    if missing:
        print(f"{folder}: lacks {', '.join(missing)}. Both are published at www.qdasoftware.org: save them under these names and name their folder.")
        return 1
    schemas = {kind: etree.XMLSchema(etree.parse(folder / name)) for kind, name in SCHEMAS.items()}
    faults = 0
    for corpus, kind, raw in qda_files():
        valid = schemas[kind].validate(etree.fromstring(raw))
        faults += not valid
        print(f"{corpus}, {kind}: {'valid' if valid else schemas[kind].error_log.last_error}")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1] if len(sys.argv) > 1 else ".")))
