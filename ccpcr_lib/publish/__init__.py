"""Show it: tables as HTML, charts, sentences, notebooks and the report's pages, all from one `Release`."""
