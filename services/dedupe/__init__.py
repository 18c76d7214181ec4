"""Clusters articles into events and merges their claims."""
