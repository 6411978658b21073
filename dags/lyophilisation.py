"""Lyophilisation: filling, freeze-drying, inspection, samples and lot tests."""

from dags.stages import stage

# Airflow reads a file for DAGs only where it finds both words in it.
stage("lyophilisation", __doc__)()
