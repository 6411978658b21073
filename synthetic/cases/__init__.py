"""What is seeded on purpose: broken rules, cases of every outcome, stories of versions."""
