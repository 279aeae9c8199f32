"""A phone's outbox as a file: what it holds, read line by line and never trusted."""
