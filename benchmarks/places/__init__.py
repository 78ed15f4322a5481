"""Places of headlines and bylines: the texts, the comparison with other libraries, how the table is made."""
