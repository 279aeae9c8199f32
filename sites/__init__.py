"""Where and what is planned: areas, organisations, programmes, project sites and import."""
