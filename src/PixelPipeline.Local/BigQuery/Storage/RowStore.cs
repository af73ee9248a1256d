namespace PixelPipeline.Local.BigQuery.Storage;

/// <summary>The statements on <c>rows</c>.</summary>
internal static class RowStore
{
    /// <summary>How many rows the table has. Rows are only ever added, so that their numbers have no gaps.</summary>
    public static long Count(SqlSession session, long tableKey) =>
        session.Integer("SELECT max(row_no) + 1 FROM rows WHERE table_key = $1", tableKey) ?? 0;

    /// <summary>The rows' logical size as BigQuery counts it, in bytes.</summary>
    public static long Bytes(SqlSession session, long tableKey) =>
        session.Integer("SELECT num_bytes FROM table_bytes WHERE table_key = $1", tableKey) ?? 0;

    /// <summary>Adds rows in their order.</summary>
    public static void Append(SqlSession session, long tableKey, IEnumerable<string> rows, long logicalBytes)
    {
        var rowNumber = Count(session, tableKey);
        foreach (var values in rows)
        {
            session.Execute("INSERT INTO rows (table_key, row_no, row_values) VALUES ($1, $2, $3)", tableKey, rowNumber++, values);
        }

        session.Execute(
            """
            INSERT INTO table_bytes (table_key, num_bytes) VALUES ($1, $2)
            ON CONFLICT (table_key) DO UPDATE SET num_bytes = num_bytes + excluded.num_bytes
            """,
            tableKey,
            logicalBytes);
    }

    /// <summary>
    /// Rows from number <paramref name="first"/> on: at most <paramref name="limit"/>, and no more after the one that
    /// passes <paramref name="maximumCharacters"/>.
    /// </summary>
    public static List<string> Page(SqlSession session, long tableKey, long first, long limit, int maximumCharacters)
    {
        var rows = new List<string>();
        var characters = 0;
        session.Each(
            "SELECT row_values FROM rows WHERE table_key = $1 AND row_no >= $2 ORDER BY row_no LIMIT $3",
            row =>
            {
                rows.Add(row.GetString(0));
                characters += rows[^1].Length;
                return characters < maximumCharacters;
            },
            tableKey,
            first,
            limit);
        return rows;
    }
}
