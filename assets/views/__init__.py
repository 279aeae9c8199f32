"""Pages of the `assets` app."""
