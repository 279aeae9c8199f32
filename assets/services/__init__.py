"""Changes of delivered things: keyword-only, atomic, with the actor and the date passed in."""
