"""Named filters, which every channel takes, and the alerts that they can ask for."""
