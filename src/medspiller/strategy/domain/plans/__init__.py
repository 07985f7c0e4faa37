"""Reading plans of municipalities, counties and ministries: lines in, measures with their doubts out."""
