"""What is learned from labelled sentences, at home and never while articles are read.

In: the sentences and articles of `data/training`. Out: the files of `data/models`, which `positions` reads. Imports quotes
and positions. `make model` runs it: `training` teaches the learned reader, `calibration` finds how likely what both readers see is right.
"""
