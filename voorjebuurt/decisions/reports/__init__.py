"""Reports and exports of decisions, and the imports of figures that they rest on."""
