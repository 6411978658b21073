"""Reconstitution and administration: what was given to patients, vial by vial."""

from dags.stages import stage

# Airflow reads a file for DAGs only where it finds both words in it.
stage("reconstitution", __doc__)()
