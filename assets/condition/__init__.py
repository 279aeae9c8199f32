"""Condition of roads: formulas, the rule sets that give their numbers, ratings and summaries."""
