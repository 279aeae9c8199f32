"""The phone in the valley: what is packed for it, what it sends, and what becomes of each entry."""
