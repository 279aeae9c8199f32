"""How a photo's bytes become files: received, read, reduced, stored under their hash.

`intake.receive` is the one way in, whatever brought the bytes (a form, the API). The way out is
`store.path_of`. A photo's record is written by `assets.services.photos`, after its files.
"""
