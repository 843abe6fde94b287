"""labelling: sentences go out to coders with known probabilities, and their codes come back.

`sampling` is `crossframe sample`, `importing` is `crossframe import`; the four forms of file between
them are in `formats`. Both decide everything first and write last.
"""
