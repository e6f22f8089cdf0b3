"""Screens: one file each, composition only."""
