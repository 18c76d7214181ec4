"""Texts to vectors: the port, the default OpenVINO model and its build, and the sentence-transformers adapter."""
