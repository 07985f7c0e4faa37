"""Assembly: settings, addresses, and `wiring`, where the packages are connected with each other."""
