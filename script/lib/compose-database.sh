#!/usr/bin/env bash
# Run once by the db service of docker-compose.yml: extensions in template1, a role without
# special rights, and its database.
set -euo pipefail

psql=(psql -v ON_ERROR_STOP=1 --username "$POSTGRES_USER")
for extension in postgis btree_gist pg_trgm unaccent; do
  "${psql[@]}" -d template1 -c "CREATE EXTENSION IF NOT EXISTS $extension"
done
"${psql[@]}" -d postgres -v password="$POSTGRES_PASSWORD" <<'SQL'
CREATE ROLE atlas LOGIN PASSWORD :'password';
CREATE DATABASE atlas OWNER atlas;
SQL
