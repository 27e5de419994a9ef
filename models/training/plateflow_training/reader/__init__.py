"""The plate reader: a compact CTC network with a stream per text line and one for the date."""
