"""Promises of the field in their full numbers. Started by `script/proofs`."""
