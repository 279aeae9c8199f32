"""The REST API of the register."""
