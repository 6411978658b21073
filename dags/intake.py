"""Intake: parties, transmittals, and whatever fits no record type."""

from dags.stages import stage

# Airflow reads a file for DAGs only where it finds both words in it.
stage("intake", __doc__)()
