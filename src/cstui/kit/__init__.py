"""The kit for whoever writes an area: what is wished for, its files, and what a changed record does to the rows."""
