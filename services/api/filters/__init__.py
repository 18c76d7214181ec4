"""The one filter vocabulary of the reading side: which events a reader wants, and whether an event is one of them."""
