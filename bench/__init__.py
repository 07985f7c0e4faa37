"""
The benchmarks: `make bench`. Each figure is a median and a 95th percentile, with what it was measured on.

A benchmark is a function `bench_…(bench)` in a module here. It never passes or fails.
"""
