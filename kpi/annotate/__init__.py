"""What was found, written beside it into a copy of the document: `marks` says what stands where, one writer a format
puts it there. All of it is pure: bytes and marks in, bytes out."""
