"""Tags of the field app's templates."""
