"""The tagger measured: against others, part by part, by size, and by the clock."""
