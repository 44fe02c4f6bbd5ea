"""One module a format: bytes to rows of cells. None of them knows what a form is."""
