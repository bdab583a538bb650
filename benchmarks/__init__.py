"""What the site costs, beside what the floor under it costs, measured interleaved in the same run.

Server CPU per unit is the first figure: the load of other tenants shows in all the others.
`QUICK=1` takes one short round. The last line of each benchmark is `key=value` pairs.
"""
