"""Changes of this app's own records: keyword-only, atomic, with the actor passed in."""
