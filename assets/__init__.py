"""What was built and taken over: acceptance, handover, assets and their condition."""
