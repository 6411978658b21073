"""A plant, its donors, its wards and its patients, from a seed."""
