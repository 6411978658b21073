"""Pooling and fractionation: pools, what went into them, and the lots made of them."""

from dags.stages import stage

# Airflow reads a file for DAGs only where it finds both words in it.
stage("pooling", __doc__)()
