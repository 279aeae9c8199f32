-- One tile of counts of points that have no cell of their own: the tile is divided into 8 x 8 parts
-- of 64 pixels, and each point lies in one part of one tile. A group of one carries the row itself.
WITH tile AS (
    SELECT
        ST_XMin(box) AS west, ST_YMax(box) AS north, (ST_XMax(box) - ST_XMin(box)) / 4096 AS unit
    FROM ST_TileEnvelope(%(z)s, %(x)s, %(y)s) AS box
), placed AS (
    SELECT
        entry.*,
        (ST_X(entry.drawn) - tile.west) / tile.unit AS across,
        (tile.north - ST_Y(entry.drawn)) / tile.unit AS down
    FROM ({rows}) AS entry CROSS JOIN tile
    WHERE entry.drawn && ST_TileEnvelope(%(z)s, %(x)s, %(y)s, margin => 0.015625)
)
SELECT ST_AsMVT(feature, '{layer}', 4096, 'shape')
FROM (
    SELECT
        ST_MakePoint(floor(avg(placed.across)), floor(avg(placed.down))) AS shape,
        count(*)::integer AS count,
        {tallies},
        {alone}
    FROM placed
    WHERE placed.across >= 0 AND placed.across < 4096 AND placed.down >= 0 AND placed.down < 4096
    GROUP BY floor(placed.across / 512), floor(placed.down / 512)
) AS feature
