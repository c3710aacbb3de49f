"""`python -m stcalib` is the command `stca`."""

from stcalib.cli.app import main

main()
