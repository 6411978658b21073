"""From staged texts to accepted rows: read, judged, hashed, accepted or put aside."""
