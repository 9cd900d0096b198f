"""The invented newspaper: its sources, its renderings, and what is true of them. Knows nothing of `kg`."""
