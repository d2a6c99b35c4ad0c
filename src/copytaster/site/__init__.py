"""The reading site: the desk as pages, JSON, feeds. It reads the desk and nothing else."""
