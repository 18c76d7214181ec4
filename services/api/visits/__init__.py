"""What is new about an event since a version that a reader has seen."""
