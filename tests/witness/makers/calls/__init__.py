"""Makers of calls/*.json: one module per family of calls."""
