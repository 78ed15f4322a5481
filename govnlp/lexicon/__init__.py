"""Words and sentences of the field: tokenizer, user dictionary, names of places."""
