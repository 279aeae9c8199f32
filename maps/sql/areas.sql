-- One tile of administrative units. The box is turned into degrees for the index; detail that no
-- screen shows is left out before the transformation, where it would cost most.
WITH tile AS (SELECT ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box)
SELECT ST_AsMVT(feature, '{layer}', 4096, 'shape')
FROM (
    SELECT
        ST_AsMVTGeom(
            ST_Transform(ST_SimplifyPreserveTopology(entry.boundary, %(tolerance)s), 3857),
            tile.box, 4096, 64
        ) AS shape,
        entry.code, entry.name, entry.name_en, entry.level
    FROM ({rows}) AS entry CROSS JOIN tile
    WHERE entry.boundary && ST_Transform(
        ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.015625), 4490
    )
) AS feature
WHERE feature.shape IS NOT NULL
