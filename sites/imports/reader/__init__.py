"""The reader of files from outside. It runs alone in a sandboxed child process.

Nothing here imports Django or GDAL: every format is read by its own short, strict reader, so a
file can neither name another driver nor make one fetch something. What comes out are frames on
a pipe (`frames.py`); what can't be read comes out as a code with values, and the application
turns that into a sentence.
"""
