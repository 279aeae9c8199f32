-- One tile of generalised lines below the zoom of all rows: the longest ones, as many as a tile of
-- bounded size can hold. A filter that leaves fewer rows than that loses nothing.
WITH tile AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box)
SELECT ST_AsMVT(feature, '{layer}', 4096, 'shape')
FROM (
    SELECT
        COALESCE(
            ST_AsMVTGeom(entry.drawn, tile.box, 4096, 64),
            ST_AsMVTGeom(ST_PointOnSurface(entry.drawn), tile.box, 4096, 64)
        ) AS shape,
        {columns}
    FROM (
        SELECT * FROM ({rows}) AS every
        WHERE every.place && ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.015625)
        ORDER BY every.length DESC
        LIMIT {limit}
    ) AS entry CROSS JOIN tile
) AS feature
WHERE feature.shape IS NOT NULL
