"""`python -m sparplan`: the same as the command `sparplan`."""

from sparplan.cli.main import run

if __name__ == "__main__":
    run()
