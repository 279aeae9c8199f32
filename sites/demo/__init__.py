"""A fictional district, made from a seed: relief, areas, roads, works, the life of its projects.

Nothing here touches the database or the clock. No real boundary, road or name register was used:
the province code 39 and every code below it are not assigned to any real place.
"""
