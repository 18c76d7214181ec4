"""Who is named: people, organisations, their titles and roles."""
