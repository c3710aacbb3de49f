"""`python -m stcalib` is the command `stca`."""

from stcalib.cli import main

main()
