using System.Globalization;
using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Expiring;

/// <summary>When a table and its partitions expire.</summary>
/// <param name="TableKey">The table.</param>
/// <param name="TableEnd">When the table does; null for never.</param>
/// <param name="PartitionAge">How long after its beginning a partition does; null for never.</param>
/// <param name="Granularity">DAY, HOUR, MONTH or YEAR.</param>
/// <param name="PartitionColumn">Where in a row its partition's TIMESTAMP or DATE is; null when the rows' arrival counts, which is not kept.</param>
/// <param name="IsDate">Whether that is a DATE.</param>
internal sealed record Expiration(
    long TableKey, DateTimeOffset? TableEnd, TimeSpan? PartitionAge, string Granularity, int? PartitionColumn, bool IsDate)
{
    private const int RowsAtATime = 10_000;

    /// <summary>Reads it from the table's resource.</summary>
    public static Expiration Of(StoredTable table)
    {
        var resource = JsonNode.Parse(table.Resource)!.AsObject();
        var partitioning = resource["timePartitioning"];
        var schema = TableSchema.Of(resource);
        var found = schema.TryFind((string?)partitioning?["field"] ?? "", out var column);
        return new Expiration(
            table.TableKey,
            Milliseconds(resource["expirationTime"]) is { } end ? DateTimeOffset.UnixEpoch.AddMilliseconds(end) : null,
            Milliseconds(partitioning?["expirationMs"]) is { } age ? TimeSpan.FromMilliseconds(age) : null,
            (string?)partitioning?["type"] ?? "DAY",
            found ? column : null,
            found && schema.Columns[column].Type == FieldType.Date);
    }

    /// <summary>Milliseconds as Google's JSON has them, text or number; null when absent or 0, which means never.</summary>
    /// <exception cref="FormatException">It is neither, or not within 10,000 years.</exception>
    public static long? Milliseconds(JsonNode? node)
    {
        const long TenThousandYears = 10_000L * 366 * 24 * 60 * 60 * 1000;
        if (node is null)
        {
            return null;
        }

        var milliseconds = long.Parse(node.ToString(), NumberStyles.None, CultureInfo.InvariantCulture);
        return milliseconds > TenThousandYears ? throw new FormatException() : milliseconds == 0 ? null : milliseconds;
    }

    /// <summary>Whether the whole table is past its end.</summary>
    public bool IsTableExpired(DateTimeOffset now) => TableEnd <= now;

    /// <summary>
    /// Looks at the next 10,000 rows and removes those of expired partitions. NULL is a partition of its own, which does
    /// not expire.
    /// </summary>
    /// <param name="session">A connection that writes.</param>
    /// <param name="now">The time.</param>
    /// <param name="from">The number of the row to begin with.</param>
    /// <returns>Where to go on; null at the table's end.</returns>
    public long? RemoveSomeRows(SqlSession session, DateTimeOffset now, long from)
    {
        if (PartitionAge is not { } age || PartitionColumn is not { } column || now - DateTimeOffset.UnixEpoch < age)
        {
            return null;
        }

        var young = PartitionEnd(now - age);
        object bound = IsDate
            ? young.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture)
            : (young - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
        var (first, end) = RowStore.Numbers(session, TableKey);
        var start = Math.Max(first, from);
        RowStore.Remove(session, TableKey, start, start + RowsAtATime, new ColumnRange(column, IsDate ? "" : long.MinValue, bound));
        return start + RowsAtATime < end ? start + RowsAtATime : null;
    }

    /// <summary>Where the partition ends in which <paramref name="instant"/> is: the youngest that has expired.</summary>
    private DateTime PartitionEnd(DateTimeOffset instant)
    {
        var utc = instant.UtcDateTime;
        return Granularity switch
        {
            "HOUR" => utc.Date.AddHours(utc.Hour + 1),
            "MONTH" => new DateTime(utc.Year, utc.Month, 1, 0, 0, 0, DateTimeKind.Utc).AddMonths(1),
            "YEAR" => new DateTime(utc.Year, 1, 1, 0, 0, 0, DateTimeKind.Utc).AddYears(1),
            _ => utc.Date.AddDays(1),
        };
    }
}
