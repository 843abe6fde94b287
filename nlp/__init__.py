"""crossframe: how authors name, discuss and frame the same matter. Read `pipeline.py` first."""

__version__ = "0.1.0"
