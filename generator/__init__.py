"""Bugu (布谷): volunteers' sheets become a public transparency site and printable notices."""

__version__ = "0.1.0"
