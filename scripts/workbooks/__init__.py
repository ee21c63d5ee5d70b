"""Workbooks as people have them, given back with answers, and compared part by part.

    python -m scripts.workbooks                       # round trip of the corpus, and what changed
    python -m scripts.workbooks --make                # the corpus anew
    python -m scripts.workbooks --open                # and LibreOffice opens what came back

The corpus stands in tests/sheets/output/workbooks, a few kB each. It is made once: the tests need
none of the programs that make it. What isn't installed (pandas, LibreOffice) leaves its workbooks
as they are.
"""
