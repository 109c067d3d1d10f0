"""The budgets, measured: `python -m tests.bench` prints each as a ratio to a floor of the same run."""
