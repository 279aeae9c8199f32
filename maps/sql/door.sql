-- Everything on which a signed-in person's scope depends, and the state of the data, in one row.
-- The text is only compared with what it was when Django itself judged it; see maps/tile_door.py.
SELECT
    session.session_data || account::text || COALESCE(held.memberships, ''),
    mark.first, mark.last, mark.marks
FROM django_session AS session
JOIN auth_user AS account ON account.id = %(user)s
LEFT JOIN LATERAL (
    SELECT string_agg(
        membership::text
        || ARRAY(
            SELECT area.code FROM sites_membership_areas AS link
            JOIN sites_area AS area ON area.id = link.area_id
            WHERE link.membership_id = membership.id ORDER BY area.code
        )::text
        || ARRAY(
            SELECT link.organisation_id FROM sites_membership_organisations AS link
            WHERE link.membership_id = membership.id ORDER BY link.organisation_id
        )::text,
        ';' ORDER BY membership.id
    ) AS memberships
    FROM sites_membership AS membership WHERE membership.user_id = account.id
) AS held ON true
CROSS JOIN (
    SELECT min(xid) AS first, max(xid) AS last, count(*) AS marks FROM {marks}
) AS mark
WHERE session.session_key = %(session)s AND session.expire_date > now()
