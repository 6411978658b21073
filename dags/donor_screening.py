"""Donor screening: donors, donations, plasma units and their test results."""

from dags.stages import stage

# Airflow reads a file for DAGs only where it finds both words in it.
stage("donor_screening", __doc__)()
