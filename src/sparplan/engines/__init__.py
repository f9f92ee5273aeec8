"""Engines: ways to search for a plan, behind one interface (base.py). Solver types stay in here."""
