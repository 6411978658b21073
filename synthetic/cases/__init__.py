"""What is planted on purpose: broken rules, cases of every outcome, stories of versions."""
