"""The ledger: one door by which entries are appended, and what verifies them (docs/ledger.md)."""
