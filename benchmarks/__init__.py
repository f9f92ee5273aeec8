"""What sparplan is timed on, against what, and how the results are shown (see README.md)."""
