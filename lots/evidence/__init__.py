"""What proves that nothing was changed: trees, checkpoints and proofs (docs/ledger.md). Pure: bytes
in, bytes out.
"""
