-- Linear referencing on the ellipsoid: chainage ⇄ point ⇄ part of a line.
--
-- The first vertex of a line lies at `start_m`, the last at `end_m`, and in between chainage grows
-- in proportion to the geodesic length along the line:
--
--     chainage = start_m + length(line up to the foot) / length(line) × (end_m − start_m)
--
-- Every length is measured on the ellipsoid (`geography`). The projected plane only finds the
-- foot of a point and cuts the line, because it is conformal and PostGIS 3.3 can do neither on
-- `geography`; done in degrees, both would be wrong by the cosine of the latitude.
--
-- The functions serve whole tables, so they answer NULL where there is no answer (not a line, a
-- line under a decimetre, a chainage outside, a place a degree away) and never raise.
-- A change of this file needs a new migration that runs it again.

-- The UTM zone of the line's first vertex, for places of both hemispheres.
CREATE OR REPLACE FUNCTION assets_plane(line geometry) RETURNS integer
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
    SELECT 32601 + least(floor((ST_X(ST_StartPoint(line)) + 180) / 6), 59)::integer
$body$;

-- Geodesic metres of a line; NULL when it is no line or shorter than chainage can tell apart.
CREATE OR REPLACE FUNCTION assets_ground_length(line geometry) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
BEGIN
    IF GeometryType(line) <> 'LINESTRING' THEN
        RETURN NULL;
    END IF;
    RETURN (SELECT metres FROM ST_Length(line::geography) AS metres WHERE metres >= 0.1);
END
$body$;

-- Geodesic metres of a projected line from its beginning to a planar fraction of it.
CREATE OR REPLACE FUNCTION assets_ground_length_to(
    flat geometry, srid integer, fraction double precision
) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
BEGIN
    RETURN ST_Length(ST_Transform(ST_LineSubstring(flat, 0, fraction), srid)::geography);
END
$body$;

-- The planar fraction of a projected line at which a share of its geodesic length is reached.
-- The scale of the plane varies by some millionths along a road, so one correction of the first
-- guess leaves less than a millimetre.
CREATE OR REPLACE FUNCTION assets_planar_fraction(
    flat geometry, srid integer, ground_m double precision, share double precision
) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
BEGIN
    IF share <= 0 OR share >= 1 THEN
        RETURN least(greatest(share, 0), 1);
    END IF;
    RETURN least(greatest(
        2 * share - assets_ground_length_to(flat, srid, share) / ground_m, 0), 1);
END
$body$;

-- Whether a place is a point close enough to a line to be projected with it.
CREATE OR REPLACE FUNCTION assets_is_near(line geometry, place geometry) RETURNS boolean
LANGUAGE sql IMMUTABLE STRICT PARALLEL SAFE AS $body$
    SELECT GeometryType(place) = 'POINT' AND ST_Expand(line, 1) && place
$body$;

-- The chainage of the point of a line that is nearest to a place; the lowest one among equals.
CREATE OR REPLACE FUNCTION assets_chainage_at(
    line geometry, start_m double precision, end_m double precision, place geometry
) RETURNS double precision
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
    ground_m double precision := assets_ground_length(line);
    plane integer;
    flat geometry;
    fraction double precision;
BEGIN
    IF ground_m IS NULL OR NOT assets_is_near(line, place) THEN
        RETURN NULL;
    END IF;
    plane := assets_plane(line);
    flat := ST_Transform(line, plane);
    fraction := ST_LineLocatePoint(flat, ST_Transform(place, plane));
    IF fraction >= 1 THEN
        RETURN end_m;
    END IF;
    RETURN start_m + (end_m - start_m) * least(
        assets_ground_length_to(flat, ST_SRID(line), fraction) / ground_m, 1);
END
$body$;

-- Every foot of a place on a line: the points of its segments that are nearest, within a
-- decimetre. A line that crosses itself, or a place in the middle of a bend, has several.
CREATE OR REPLACE FUNCTION assets_feet(
    line geometry, start_m double precision, end_m double precision, place geometry
) RETURNS TABLE (chainage_m double precision, distance_m double precision)
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
    ground_m double precision := assets_ground_length(line);
    plane integer;
    flat geometry;
    flat_m double precision;
    flat_place geometry;
BEGIN
    IF ground_m IS NULL OR NOT assets_is_near(line, place) THEN
        RETURN;
    END IF;
    plane := assets_plane(line);
    flat := ST_Transform(line, plane);
    flat_m := ST_Length(flat);
    flat_place := ST_Transform(place, plane);
    RETURN QUERY
    WITH segment AS (
        SELECT
            part.geom,
            ST_Distance(part.geom, flat_place) AS away,
            COALESCE(sum(ST_Length(part.geom)) OVER earlier, 0) AS before_m
        FROM ST_DumpSegments(flat) AS part
        WINDOW earlier AS (
            ORDER BY part.path ROWS BETWEEN UNBOUNDED PRECEDING AND 1 PRECEDING)
    ), foot AS (
        SELECT ST_ClosestPoint(segment.geom, flat_place) AS shape, segment.*
        FROM segment
        WHERE segment.away <= (SELECT min(nearest.away) FROM segment AS nearest) + 0.1
    )
    SELECT
        start_m + (end_m - start_m) * least(assets_ground_length_to(
            flat, ST_SRID(line),
            least((foot.before_m + ST_Distance(ST_StartPoint(foot.geom), foot.shape)) / flat_m, 1)
        ) / ground_m, 1),
        ST_Distance(ST_Transform(foot.shape, ST_SRID(line))::geography, place::geography)
    FROM foot
    ORDER BY 1;
END
$body$;

-- The point of a line at a chainage.
CREATE OR REPLACE FUNCTION assets_point_at(
    line geometry, start_m double precision, end_m double precision, at_m double precision
) RETURNS geometry
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
    ground_m double precision := assets_ground_length(line);
    flat geometry;
BEGIN
    IF ground_m IS NULL OR at_m NOT BETWEEN start_m AND end_m OR start_m >= end_m THEN
        RETURN NULL;
    END IF;
    flat := ST_Transform(line, assets_plane(line));
    RETURN ST_Transform(
        ST_LineInterpolatePoint(flat, assets_planar_fraction(
            flat, ST_SRID(line), ground_m, (at_m - start_m) / (end_m - start_m))),
        ST_SRID(line));
END
$body$;

-- The part of a line between two chainages, cut off at the line's ends.
CREATE OR REPLACE FUNCTION assets_part_between(
    line geometry, start_m double precision, end_m double precision,
    from_m double precision, to_m double precision
) RETURNS geometry
LANGUAGE plpgsql IMMUTABLE STRICT PARALLEL SAFE AS $body$
DECLARE
    ground_m double precision := assets_ground_length(line);
    flat geometry;
    low double precision := greatest(from_m, start_m);
    high double precision := least(to_m, end_m);
BEGIN
    IF ground_m IS NULL OR low >= high THEN
        RETURN NULL;
    END IF;
    IF low = start_m AND high = end_m THEN
        RETURN line;
    END IF;
    flat := ST_Transform(line, assets_plane(line));
    RETURN ST_Transform(
        ST_LineSubstring(
            flat,
            assets_planar_fraction(
                flat, ST_SRID(line), ground_m, (low - start_m) / (end_m - start_m)),
            assets_planar_fraction(
                flat, ST_SRID(line), ground_m, (high - start_m) / (end_m - start_m))),
        ST_SRID(line));
END
$body$;
