-- One tile of counts. A row belongs to the one grid cell that holds its centre, so it is counted
-- in exactly one tile of each zoom. A group of one carries the row itself.
WITH groups AS (
    SELECT
        count(*) AS count,
        {tallies},
        sum(entry.cluster_column) AS columns,
        sum(entry.cluster_row) AS rows
    FROM ({rows}) AS entry
    WHERE entry.cluster_column BETWEEN %(west)s AND %(east)s
      AND entry.cluster_row BETWEEN %(north)s AND %(south)s
    GROUP BY entry.cluster_column >> %(shift)s, entry.cluster_row >> %(shift)s
)
SELECT ST_AsMVT(feature, '{layer}', 4096, 'shape')
FROM (
    SELECT
        ST_MakePoint(
            floor((groups.columns::float8 / groups.count - %(west)s + 0.5) * %(unit)s),
            floor((groups.rows::float8 / groups.count - %(north)s + 0.5) * %(unit)s)
        ) AS shape,
        groups.count::integer AS count,
        {tallied},
        {alone}
    FROM groups
    LEFT JOIN LATERAL (
        SELECT {columns}
        FROM ({rows}) AS entry
        WHERE groups.count = 1
          AND entry.cluster_column = groups.columns
          AND entry.cluster_row = groups.rows
        LIMIT 1
    ) AS alone ON true
) AS feature
