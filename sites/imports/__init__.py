"""From a survey file to the register: read in a sandbox, draft, check, write once."""
