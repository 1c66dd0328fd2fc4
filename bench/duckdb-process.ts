/** The same figures from the same file by DuckDB: `node bench/duckdb-process.ts FILE` prints clients by line and code as JSON. */
import { DuckDBInstance } from '@duckdb/node-api'

const file = process.argv[2] ?? ''

/** RFM by client, overall and by line, different days as one visit, and the codes of 2 x 2 x 2 (above the group's mean is H). */
const sql = `
with visits as (
  select client, line, date, amount
  from read_csv('${file.replaceAll("'", "''")}', header = true,
    columns = {'client': 'VARCHAR', 'date': 'DATE', 'line': 'VARCHAR', 'amount': 'DECIMAL(12, 2)'})
), totals as (
  select client, line, max(date) as last, min(date) as first, count(distinct date) as f, sum(amount) as m
  from visits group by grouping sets ((client), (client, line))
), rfm as (
  select *, (select max(last) from totals) - last as r from totals
), means as (
  select line, avg(r) as r, avg(f) as f, avg(m) as m from rfm group by line
)
select coalesce(rfm.line, '') as line,
  case when rfm.r > means.r then 'H' else 'L' end || case when rfm.f > means.f then 'H' else 'L' end
    || case when rfm.m > means.m then 'H' else 'L' end as code,
  count(*)::integer as clients
from rfm join means on rfm.line is not distinct from means.line
group by all order by all`

const database = await DuckDBInstance.create(':memory:')
const connection = await database.connect()
const rows = (await connection.runAndReadAll(sql)).getRowObjectsJson()
process.stdout.write(`${JSON.stringify(rows)}\n`)
