"""Decides what each section of the report says; plain data, no HTML."""
