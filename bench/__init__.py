"""Benchmarks: each measures cstui and something bare in turn, in one run. `python -m bench [NAME …]`."""
