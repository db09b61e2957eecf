"""One module (or package) per notebook: its explorables, in the order in which they appear."""
