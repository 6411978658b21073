"""plasma-lots: follows plasma medicine from a donor's arm to a patient's arm, and back."""
