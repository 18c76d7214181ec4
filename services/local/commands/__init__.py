"""The commands of `newsweave`, one module each."""
