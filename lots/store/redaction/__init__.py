"""Redaction: a person's key leaves every row, a random one stands in its place, and each entry
still proves.
"""
