"""Test forms: a description of a form, the layouts that print it, the formats that write it."""
