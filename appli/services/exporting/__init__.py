"""Lists for other programs: what is chosen, cut to what may leave, in the format the file's name asks for."""
