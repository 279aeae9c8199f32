"""The demo district's steering: invented people, plans and meetings, the same for the same seed."""
