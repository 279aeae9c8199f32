"""The dashboard: where the programmes stand, told by few grouped reads, with sites behind each."""
