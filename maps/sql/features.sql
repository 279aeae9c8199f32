-- One tile with every row of {rows} that meets it.
-- A line or polygon too small for the grid of 4096 units becomes nothing in ST_AsMVTGeom; its
-- point takes its place, so that no row is missing from the map.
WITH tile AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box)
SELECT ST_AsMVT(feature, '{layer}', 4096, 'shape')
FROM (
    SELECT
        COALESCE(
            ST_AsMVTGeom(entry.drawn, tile.box, 4096, 64),
            ST_AsMVTGeom(ST_PointOnSurface(entry.drawn), tile.box, 4096, 64)
        ) AS shape,
        {columns}
    FROM ({rows}) AS entry CROSS JOIN tile
    WHERE entry.{place} && {window}
) AS feature
WHERE feature.shape IS NOT NULL
