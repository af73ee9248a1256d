namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>
/// Remembers insert ids for one to two minutes, as BigQuery does "for at least one minute", and across restarts
/// (https://cloud.google.com/bigquery/docs/streaming-data-into-bigquery#dataconsistency). The ids of even and of odd
/// minutes are kept apart, so that forgetting a minute empties a table at once. For the writer's thread alone.
/// </summary>
internal sealed class InsertIdMemory(TimeProvider time)
{
    private const string RememberEven =
        """
        INSERT OR IGNORE INTO insert_ids_even (table_key, insert_id)
        SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM insert_ids_odd WHERE table_key = $1 AND insert_id = $2)
        """;

    private const string RememberOdd =
        """
        INSERT OR IGNORE INTO insert_ids_odd (table_key, insert_id)
        SELECT $1, $2 WHERE NOT EXISTS (SELECT 1 FROM insert_ids_even WHERE table_key = $1 AND insert_id = $2)
        """;

    /// <summary>Forgets what is older than the last minute. Call it before <see cref="TryRemember"/> in each request.</summary>
    /// <returns>The minute under which this request's ids are remembered.</returns>
    public long Advance(SqlSession session)
    {
        var minute = time.GetUtcNow().ToUnixTimeSeconds() / 60;
        Keep(session, minute);
        Keep(session, minute - 1);
        return minute;
    }

    /// <summary>False when a row with this id went into the table within the last minute.</summary>
    public static bool TryRemember(SqlSession session, long minute, long tableKey, string insertId) =>
        session.Execute(IsEven(minute) ? RememberEven : RememberOdd, tableKey, insertId) == 1;

    private static void Keep(SqlSession session, long minute)
    {
        var parity = IsEven(minute) ? 0 : 1;
        if (session.Integer("SELECT minute FROM insert_id_minutes WHERE parity = $1", parity) == minute)
        {
            return;
        }

        session.Execute(parity == 0 ? "DELETE FROM insert_ids_even" : "DELETE FROM insert_ids_odd");
        session.Execute("INSERT OR REPLACE INTO insert_id_minutes (parity, minute) VALUES ($1, $2)", parity, minute);
    }

    private static bool IsEven(long minute) => (minute & 1) == 0;
}
