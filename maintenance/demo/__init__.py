"""A year of upkeep for the demo district's assets: agreements, rounds, repairs and payments.

It begins with the assets that `assets.demo` wrote and writes by COPY; all follows from the seed
and the day. Names of people are made up; amounts and scores are the demo's own.
"""
