"""Scenarios and plans as files: read from and written to folders and JSON documents."""
