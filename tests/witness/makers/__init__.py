"""Makers of the test vectors: one module per concern, each with `documents()` giving {file name: document}."""
