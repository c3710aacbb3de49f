"""What every room may use: the row types that are the schemas of the tables, errors, spreadsheet-safe cells, validated TOML.

Knows nothing of articles, language or issue, and imports no other room.
"""
