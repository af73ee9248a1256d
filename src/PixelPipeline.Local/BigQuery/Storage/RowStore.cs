namespace PixelPipeline.Local.BigQuery.Storage;

/// <summary>The statements on <c>rows</c>.</summary>
internal static class RowStore
{
    /// <summary>
    /// The number of the table's first row and the one after its last; equal when it has none. There are no gaps:
    /// rows are added at the end and expire at the beginning.
    /// </summary>
    public static (long First, long End) Numbers(SqlSession session, long tableKey)
    {
        var first = session.Integer("SELECT min(row_no) FROM rows WHERE table_key = $1", tableKey) ?? 0;
        return (first, session.Integer("SELECT max(row_no) + 1 FROM rows WHERE table_key = $1", tableKey) ?? first);
    }

    /// <summary>How many rows the table has.</summary>
    public static long Count(SqlSession session, long tableKey)
    {
        var (first, end) = Numbers(session, tableKey);
        return end - first;
    }

    /// <summary>Removes the rows before number <paramref name="end"/>; their share of the size is estimated by their number.</summary>
    public static void RemoveBefore(SqlSession session, long tableKey, long end)
    {
        var before = Count(session, tableKey);
        session.Execute("DELETE FROM rows WHERE table_key = $1 AND row_no < $2", tableKey, end);
        session.Execute(
            "UPDATE table_bytes SET num_bytes = num_bytes * $2 / $3 WHERE table_key = $1",
            tableKey,
            Count(session, tableKey),
            Math.Max(1, before));
    }

    /// <summary>The rows' logical size as BigQuery counts it, in bytes.</summary>
    public static long Bytes(SqlSession session, long tableKey) =>
        session.Integer("SELECT num_bytes FROM table_bytes WHERE table_key = $1", tableKey) ?? 0;

    /// <summary>Adds rows in their order.</summary>
    public static void Append(SqlSession session, long tableKey, IEnumerable<string> rows, long logicalBytes)
    {
        var rowNumber = Numbers(session, tableKey).End;
        foreach (var values in rows)
        {
            session.Execute("INSERT INTO rows (table_key, row_no, row_values) VALUES ($1, $2, $3)", tableKey, rowNumber++, values);
        }

        AddBytes(session, tableKey, logicalBytes);
    }

    /// <summary>Adds to the table's size, as BigQuery counts it.</summary>
    public static void AddBytes(SqlSession session, long tableKey, long logicalBytes) => session.Execute(
        """
        INSERT INTO table_bytes (table_key, num_bytes) VALUES ($1, $2)
        ON CONFLICT (table_key) DO UPDATE SET num_bytes = num_bytes + excluded.num_bytes
        """,
        tableKey,
        logicalBytes);

    /// <summary>Removes all rows.</summary>
    public static void Clear(SqlSession session, long tableKey)
    {
        session.Execute("DELETE FROM rows WHERE table_key = $1", tableKey);
        session.Execute("DELETE FROM table_bytes WHERE table_key = $1", tableKey);
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
