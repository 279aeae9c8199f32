"""Exit with 0 if the database at DATABASE_URL holds no area and no user, else with 1."""

import os
import sys

import psycopg

EMPTY = "SELECT NOT EXISTS (SELECT FROM sites_area) AND NOT EXISTS (SELECT FROM auth_user)"

with psycopg.connect(os.environ["DATABASE_URL"]) as connection:
    row = connection.execute(EMPTY).fetchone()
sys.exit(0 if row and row[0] else 1)
