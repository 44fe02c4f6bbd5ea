"""What was achieved of the targets: read, matched to the indicators, held against the plan. Knows nothing of rules."""
