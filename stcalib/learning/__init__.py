"""What is learned from labelled sentences, at home and never while articles are read.

In: the sentences and articles of `data/training`, the examples of a codebook, the decisions of a ledger. Out: learned weights,
which `positions` reads: the files of `data/models`, and the folder `model` of a project. Imports corpus, corrections, quotes and
positions. `make model` runs `training`, which teaches the package's readers, and `calibration`, which finds how likely what both
readers see is right; `stca learn` runs `project`, which teaches the reader of one project.
"""
