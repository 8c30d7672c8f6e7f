"""ROM Vision: how far a joint moves, measured from ordinary video."""

__version__ = "0.1.0"
