"""What is too heavy for the web process: reading and writing plans, and files of reports."""
