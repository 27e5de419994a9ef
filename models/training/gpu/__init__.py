"""All networks trained in minutes on one GPU: what is prepared beforehand, and the training itself."""
