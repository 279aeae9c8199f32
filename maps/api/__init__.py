"""Layers, tiles, counts and exports over HTTP."""
