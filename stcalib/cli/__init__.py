"""The command `stca`: each subcommand a module that says what it did, and what to do next where it could not.

In: arguments. Out: files, lines in the terminal, an exit code. Imports every room, each when its command is called.
"""
