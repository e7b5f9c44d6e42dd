"""Analytics for the quarterly reports of the CCPCR shelter."""
