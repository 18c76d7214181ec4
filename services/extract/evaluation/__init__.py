"""How right the claims are: against annotated attributions, and against the verdicts of careful readers."""
