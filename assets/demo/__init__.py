"""What the demo district's finished sites became: assets with acceptance, handover and condition.

It reads the sites of the home district that `sites.demo` wrote and writes by COPY; all follows
from the seed and the day.
"""
