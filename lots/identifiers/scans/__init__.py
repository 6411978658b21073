"""What a hand scanner types: a raw string goes in, the packs that it may name come out."""
