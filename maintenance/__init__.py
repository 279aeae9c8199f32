"""Who keeps it up: agreements, patrols, defects, work orders, logs and payment."""
