"""Great Expectations, loaded in half of its time: whoever imports it imports this module first."""

import gc
import os

# Before the import, which reads it: nothing is told to anybody outside.
os.environ.setdefault("GX_ANALYTICS_ENABLED", "false")

_collects = gc.isenabled()
# Loading makes a million objects, which all stay. To look through them for what may go, a thousand
# times while they come and at every collection ever after, took longer than a small file.
gc.disable()
try:
    import great_expectations  # noqa: F401
finally:
    if _collects:
        gc.enable()
gc.freeze()
