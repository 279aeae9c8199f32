"""The demo's coverage: a kept population and the runs that the office would have made."""
