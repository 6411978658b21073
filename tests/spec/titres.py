"""What a titre says of a pool, by its value, unit and operator: for the walk and for PostgreSQL."""

WAITS = "pending 2026-06-30"
TITRES = {  # what a nonreactive result says of a pool in which 10,000 IU/mL may be found
    "": "pass", "value=10000 value_unit=IU/mL": "pass", "value=10000.001 value_unit=IU/mL": "finding",
    "value=10000 value_unit=[IU]/mL": "pass", "value=10001 value_unit=[IU]/mL": "finding",
    "value=10001 value_unit=iu/mL": "finding", "value=9999 value_unit=IU/ml": "pass",
    "value=5 value_unit=UI/ml": "pass",
    "value=10 value_unit=IU/uL": "pass", "value=10.1 value_unit=IU/uL": "finding",
    "value=10000001 value_unit=IU/L": "finding", "value=9999999 value_unit=iu/l": "pass",
    "value=10 value_unit=kIU/mL": "pass", "value=11 value_unit=kIU/mL": "finding",
    "value=20 value_unit=IU/mL operator=<": "pass", "value=10000 value_unit=IU/mL operator=<": "pass",
    "value=10000.5 value_unit=IU/mL operator=<": WAITS, "value=100000 value_unit=IU/mL operator=<=": WAITS,
    "value=10000 value_unit=IU/mL operator=<=": "pass", "value=20 value_unit=IU/mL operator=>": WAITS,
    "value=10000 value_unit=IU/mL operator=>": "finding", "value=10000 value_unit=IU/mL operator=>=": WAITS,
    "value=10000.5 value_unit=IU/mL operator=>=": "finding", "value=20 value_unit=IU/mL operator=~": WAITS,
    "value=20": WAITS, "value=20 value_unit=cp/mL": WAITS, "value=4.2 value_unit=log10_IU/mL": WAITS,
    "value=20 value_unit=U/mL": WAITS, "value=20 value_unit=S/CO": WAITS, "value=20 value_unit=mIU/mL": WAITS,
    "value=20 value_unit=IU": WAITS, "value=5E4 value_unit=IU/mL": WAITS, "value=1:160 value_unit=IU/mL": WAITS,
    "value=much": WAITS, "value_unit=IU/mL": "pass",
}
