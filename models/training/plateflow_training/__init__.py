"""Training of the models that Plateflow ships: detectors, plate reader and the scenes they learn from."""
