"""The work that is done in confined processes: here strangers' bytes are looked into.

Each function is called with the request's files and values, and gives values for JSON and files.
`sheets.glass` asks for it by name; nothing else imports these modules, nor what they import.
"""
