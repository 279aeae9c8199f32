-- Drafts of one run as they came from the file; typed, but not yet compared with the register.
CREATE TEMPORARY TABLE import_draft (
    row_number integer NOT NULL,
    new_id uuid NOT NULL,
    kind text NOT NULL,
    source text NOT NULL,
    source_id text NOT NULL,
    code text,
    shape geometry(Geometry, 4490) NOT NULL
    {columns}
) ON COMMIT DROP;
CREATE TEMPORARY TABLE import_problem (
    row_number integer NOT NULL,
    code text NOT NULL,
    field text NOT NULL,
    details jsonb NOT NULL DEFAULT '{{}}'
) ON COMMIT DROP;
