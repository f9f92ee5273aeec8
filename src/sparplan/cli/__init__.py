"""The command line: one small function a command. The only place that prints.

`main.py` wires the commands and turns errors into exit statuses; `console.py` writes tables; the other
files hold the commands by subject.
"""
