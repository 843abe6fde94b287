"""Figures of the comparison, each of one tidy table. They are drawn by `nlp/drawing.py`."""
