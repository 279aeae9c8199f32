"""Measurements: each command prints our figure, the peer's and the ratio, from one run."""
