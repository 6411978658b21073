"""What is claimed about speed, runnable: `make bench`. Ratios of medians, the ways taken in turn in
one run.
"""
