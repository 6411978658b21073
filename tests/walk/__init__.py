"""The plain walk: the same answers a second, dumber way, written from docs/ alone, in dicts and loops."""
