"""The door to HTTP: who asks, what the role may ask, and each error as one declared sentence."""
