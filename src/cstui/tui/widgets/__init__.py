"""The dashboard's own widgets: a windowed list, lines of pieces, fields of a form."""
