"""Rules across records told as drawn tables: a file of cases for each family, in the words of its
page under docs/judging.

A table begins with a line `= title` and one `ask RULE of SUBJECT, …`; below it the rows of its
world, `record key parts: column=value …`. Then its cases: what must come of each thing that was
asked, `pass | finding` (`none`: there is no such subject), with a remark after `#`; below it,
indented, in what the case differs from the world: `+` a row besides, `-` a row less, `~` other
values in a row. A part of a key with commas stands for several rows.
"""
