"""Many inputs to one output: sources, sinks, and the runs over them."""
