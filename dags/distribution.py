"""Filling to dispensing: packs, shipments, deliveries and dispensings."""

from dags.stages import stage

# Airflow reads a file for DAGs only where it finds both words in it.
stage("distribution", __doc__)()
