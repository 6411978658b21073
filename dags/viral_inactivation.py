"""Viral inactivation: solvent/detergent treatments, virus removal, and their loads."""

from dags.stages import stage

# Airflow reads a file for DAGs only where it finds both words in it.
stage("viral_inactivation", __doc__)()
