"""What a frame coder looks at, and what it concludes from that with given weights.

The trained coder is a table of plain numbers (`coder_weights`), so that it can be read, compared
between runs and applied anywhere without unpickling anything.
"""
