"""Measurements that anyone can repeat; run from the project's folder."""
