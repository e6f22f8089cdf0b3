"""What is on paper: the signed code, the layout as data, and the 1-bit picture that goes to a printer."""
