"""Reports for machines and people beside JSON and HTML, a format a module; each returns text and knows no files."""
