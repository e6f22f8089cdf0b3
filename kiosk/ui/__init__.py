"""The touch screen: PySide6 lives here and nowhere else."""
