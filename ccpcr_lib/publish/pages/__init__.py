"""Pages: what a notebook shows, the notebooks run, HTML, paper, JupyterLab."""
