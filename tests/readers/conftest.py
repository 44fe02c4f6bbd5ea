"""Puts this folder on the path, so that tests of the formats below share the forms of `reader_forms`."""
