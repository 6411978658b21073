"""The forms in which files arrive: delimited text, JSON lines, Parquet, dryer logs; each also
gzipped.
"""
