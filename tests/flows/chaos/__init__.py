"""An app that spoils a server, as its environment says.

SPOIL_BELLS: 30 % are lost, 20 % doubled, 30 % late and so out of order. NO_BELLS: all are lost. NO_POLL: the
reader never looks of itself. LONG_PAGES: everything stands on one page.
"""
