"""Airflow on this machine, and the demo."""
