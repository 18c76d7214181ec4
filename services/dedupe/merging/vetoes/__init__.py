"""What forbids two claims to be one proposition, however similar they are."""
