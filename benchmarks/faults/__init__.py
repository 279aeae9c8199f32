"""Crash rounds: what was acknowledged stays, whatever is killed. Started by `script/faults`."""
