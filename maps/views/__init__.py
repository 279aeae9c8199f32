"""Pages of the `maps` app."""
