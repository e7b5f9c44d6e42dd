"""A workbook to type into: laid out, checking itself, drafted from the quarter before, or made up for a trial.

draft           the quarter before → a `Draft` of this one
workbook        a `Draft` → the workbook, sheet by sheet
layout          a table's declaration → an `EntrySheet`: what stands where
sheets          an `EntrySheet` → its worksheet; entry guards its cells, formulas write its totals
live            the rules of the checks → `Check` records
checks          `Check` records → formulas, and the cells they speak of
checks_sheet    those → the sheet `Checks`; about, narrative_sheet and lists write the others
pen, style      what all sheets are written with
finish          an open workbook → its bytes, with every result stored
plan_workbook   a `Plan` → `plan.xlsx`
simulate, demo  a seed → made-up counts; those → twelve workbooks and a plan
"""
