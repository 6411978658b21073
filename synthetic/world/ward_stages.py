"""The stages from the packed lot to the vial's end, in their order."""

from collections.abc import Callable

from synthetic.truth import fate_truth
from synthetic.world import (
    dispensing,
    distribution,
    fate_packages,
    fate_relabelled,
    fate_stock,
    fate_vials,
    packing,
    wards,
)
from synthetic.world.plan import Plan
from synthetic.writing.landing import Landing

Stage = tuple[str, Callable[[Plan, Landing], None]]  # its name, and how it sends

STAGES: tuple[Stage, ...] = (
    ("packing", packing.send),
    ("packages", fate_packages.send),
    ("relabelling", fate_relabelled.send),
    ("distribution", distribution.send),
    ("dispensing", dispensing.send),
    ("surplus", fate_vials.send),
    ("stock", fate_stock.send),
    ("packs", fate_truth.send),
    ("wards", wards.send),
)
