using System.Text;

namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>The statements on <c>rows</c>.</summary>
internal static class RowStore
{
    /// <summary>
    /// The number of the table's first row and the one after its last; equal when it has none. Rows are added at the
    /// end; between the two some may have expired.
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
        return end - first - Gaps(session, tableKey);
    }

    /// <summary>The number of the row at <paramref name="index"/>, from 0; past the last where there are not so many.</summary>
    public static long NumberAt(SqlSession session, long tableKey, long index)
    {
        var (first, end) = Numbers(session, tableKey);
        if (index >= end - first || Gaps(session, tableKey) == 0)
        {
            return Math.Min(end, first + Math.Min(index, end - first));
        }

        return session.Integer("SELECT row_no FROM rows WHERE table_key = $1 ORDER BY row_no LIMIT 1 OFFSET $2", tableKey, index) ?? end;
    }

    /// <summary>How many rows of a range the table has.</summary>
    public static long Count(SqlSession session, long tableKey, ColumnRange range) => session.Integer(
        "SELECT count(*) FROM rows WHERE table_key = $1 AND json_extract(row_values, $2) >= $3 AND json_extract(row_values, $2) < $4",
        tableKey,
        range.Path,
        range.Low,
        range.High) ?? 0;

    /// <summary>How many rows from a number on are not of a range.</summary>
    public static long CountOutside(SqlSession session, long tableKey, long first, ColumnRange range) => session.Integer(
        """
        SELECT count(*) FROM rows WHERE table_key = $1 AND row_no >= $2
          AND NOT coalesce(json_extract(row_values, $3) >= $4 AND json_extract(row_values, $3) < $5, FALSE)
        """,
        tableKey,
        first,
        range.Path,
        range.Low,
        range.High) ?? 0;

    /// <summary>Of the rows from one number to before another, removes those of a range; their share of the size is estimated by their number.</summary>
    public static void Remove(SqlSession session, long tableKey, long from, long to, ColumnRange range)
    {
        var count = Count(session, tableKey);
        var removed = session.Execute(
            """
            DELETE FROM rows WHERE table_key = $1 AND row_no >= $2 AND row_no < $3
              AND json_extract(row_values, $4) >= $5 AND json_extract(row_values, $4) < $6
            """,
            tableKey,
            from,
            to,
            range.Path,
            range.Low,
            range.High);
        if (removed == 0)
        {
            return;
        }

        Touch(session, tableKey);
        var left = count - removed;
        SetCount(session, tableKey, left);
        session.Execute("UPDATE table_bytes SET num_bytes = num_bytes * $2 / $3 WHERE table_key = $1", tableKey, left, count);
    }

    /// <summary>Adds a copy of another table's rows, or of those of a range, at the end of a table.</summary>
    /// <returns>How many.</returns>
    public static long Copy(SqlSession session, long fromKey, long toKey, ColumnRange? range) => session.Execute(
        """
        INSERT INTO rows (table_key, row_no, row_values)
        SELECT $2, $3 - 1 + row_number() OVER (ORDER BY row_no), row_values FROM rows
        WHERE table_key = $1 AND ($4 IS NULL OR (json_extract(row_values, $4) >= $5 AND json_extract(row_values, $4) < $6))
        """,
        fromKey,
        toKey,
        Numbers(session, toKey).End,
        range?.Path,
        range?.Low,
        range?.High);

    /// <summary>Says how many rows the table has once some between others are gone.</summary>
    public static void SetCount(SqlSession session, long tableKey, long count)
    {
        var (first, end) = Numbers(session, tableKey);
        session.Execute("INSERT OR REPLACE INTO row_gaps (table_key, num_rows) VALUES ($1, $2)", tableKey, end - first - count);
    }

    /// <summary>A row in its stored form, UTF-8; empty when there is none of that number.</summary>
    public static byte[] Read(SqlSession session, long tableKey, long number) => session.First(
        "SELECT CAST(row_values AS BLOB) FROM rows WHERE table_key = $1 AND row_no = $2", row => row.GetFieldValue<byte[]>(0), tableKey, number) ?? [];

    /// <summary>Gives a row other values, in their stored form, UTF-8. Call <see cref="Touch"/> once all are changed.</summary>
    public static void Replace(SqlSession session, long tableKey, long number, ReadOnlySpan<byte> values) => session.Execute(
        "UPDATE rows SET row_values = $3 WHERE table_key = $1 AND row_no = $2", tableKey, number, Encoding.UTF8.GetString(values));

    /// <summary>Removes a row. Call <see cref="Touch"/> and <see cref="SetCount"/> once all are gone.</summary>
    public static void Remove(SqlSession session, long tableKey, long number) =>
        session.Execute("DELETE FROM rows WHERE table_key = $1 AND row_no = $2", tableKey, number);

    /// <summary>Another number than before whenever rows have changed otherwise than by more at their end.</summary>
    public static long Version(SqlSession session, long tableKey) =>
        session.Integer("SELECT version FROM row_versions WHERE table_key = $1", tableKey) ?? 0;

    /// <summary>The rows' logical size as BigQuery counts it, in bytes.</summary>
    public static long Bytes(SqlSession session, long tableKey) =>
        session.Integer("SELECT num_bytes FROM table_bytes WHERE table_key = $1", tableKey) ?? 0;

    /// <summary>Adds rows in their order.</summary>
    /// <returns>The number of the first.</returns>
    public static long Append(SqlSession session, long tableKey, IEnumerable<string> rows, long logicalBytes)
    {
        var first = Numbers(session, tableKey).End;
        var rowNumber = first;
        foreach (var values in rows)
        {
            session.Execute("INSERT INTO rows (table_key, row_no, row_values) VALUES ($1, $2, $3)", tableKey, rowNumber++, values);
        }

        AddBytes(session, tableKey, logicalBytes);
        return first;
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
        Touch(session, tableKey);
        session.Execute("DELETE FROM rows WHERE table_key = $1", tableKey);
        session.Execute("DELETE FROM row_gaps WHERE table_key = $1", tableKey);
        session.Execute("DELETE FROM table_bytes WHERE table_key = $1", tableKey);
    }

    /// <summary>
    /// Rows from number <paramref name="first"/> on: at most <paramref name="limit"/>, and no more after the one that
    /// passes <paramref name="maximumCharacters"/>. <c>Next</c> is the number to go on from.
    /// </summary>
    public static (List<string> Rows, long Next) Page(SqlSession session, long tableKey, long first, long limit, int maximumCharacters)
    {
        var rows = new List<string>();
        var characters = 0;
        var next = first;
        session.Each(
            "SELECT row_values, row_no FROM rows WHERE table_key = $1 AND row_no >= $2 ORDER BY row_no LIMIT $3",
            row =>
            {
                rows.Add(row.GetString(0));
                next = row.GetInt64(1) + 1;
                characters += rows[^1].Length;
                return characters < maximumCharacters;
            },
            tableKey,
            first,
            limit);
        return (rows, next);
    }

    /// <summary>Changes what <see cref="Version"/> says.</summary>
    public static void Touch(SqlSession session, long tableKey) => session.Execute(
        "INSERT INTO row_versions (table_key, version) VALUES ($1, 1) ON CONFLICT (table_key) DO UPDATE SET version = version + 1", tableKey);

    /// <summary>How many numbers between the first row's and the last one's no row has.</summary>
    private static long Gaps(SqlSession session, long tableKey) =>
        session.Integer("SELECT num_rows FROM row_gaps WHERE table_key = $1", tableKey) ?? 0;
}
