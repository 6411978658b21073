"""Identifiers as frozen values: what a person or a label writes goes in, the canonical form comes
out.
"""
