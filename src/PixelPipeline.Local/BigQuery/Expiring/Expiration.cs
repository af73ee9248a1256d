using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;
using PixelPipeline.Local.BigQuery.Schemas;
using PixelPipeline.Local.BigQuery.Storage;
using PixelPipeline.Local.BigQuery.Values;

namespace PixelPipeline.Local.BigQuery.Expiring;

/// <summary>When a table and its partitions expire.</summary>
/// <param name="TableKey">The table.</param>
/// <param name="TableEnd">When the table does; null for never.</param>
/// <param name="PartitionAge">How long after its beginning a partition does; null for never.</param>
/// <param name="Granularity">DAY, HOUR, MONTH or YEAR.</param>
/// <param name="PartitionColumn">Where in a row its partition's TIMESTAMP or DATE is; null when the rows' arrival counts, which is not kept.</param>
internal sealed record Expiration(
    long TableKey, DateTimeOffset? TableEnd, TimeSpan? PartitionAge, string Granularity, int? PartitionColumn)
{
    private const int RowsAtATime = 1000;

    /// <summary>Reads it from the table's resource.</summary>
    public static Expiration Of(StoredTable table)
    {
        var resource = JsonNode.Parse(table.Resource)!.AsObject();
        var partitioning = resource["timePartitioning"];
        var found = TableSchema.Of(resource).TryFind((string?)partitioning?["field"] ?? "", out var column);
        return new Expiration(
            table.TableKey,
            Milliseconds(resource["expirationTime"]) is { } end ? DateTimeOffset.UnixEpoch.AddMilliseconds(end) : null,
            Milliseconds(partitioning?["expirationMs"]) is { } age ? TimeSpan.FromMilliseconds(age) : null,
            (string?)partitioning?["type"] ?? "DAY",
            found ? column : null);
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
    /// Removes up to 1,000 rows of expired partitions from the table's beginning, where the oldest rows are; stops at
    /// the first row that has not expired. False when there is nothing left to remove.
    /// </summary>
    public bool RemoveSomeRows(SqlSession session, DateTimeOffset now)
    {
        if (PartitionAge is not { } age || PartitionColumn is not { } column || now - DateTimeOffset.UnixEpoch < age)
        {
            return false;
        }

        var end = PartitionEnd(now - age);
        var (first, _) = RowStore.Numbers(session, TableKey);
        var rows = RowStore.Page(session, TableKey, first, RowsAtATime, int.MaxValue);
        var expired = rows.TakeWhile(row => IsBefore(row, column, end)).Count();
        if (expired > 0)
        {
            RowStore.RemoveBefore(session, TableKey, first + expired);
        }

        return expired == RowsAtATime;
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

    private static bool IsBefore(string row, int column, DateTime end)
    {
        using var values = JsonDocument.Parse(row);
        if (column >= values.RootElement.GetArrayLength())
        {
            return false;
        }

        var value = values.RootElement[column];
        return value.ValueKind switch
        {
            JsonValueKind.Number => DateTime.UnixEpoch.AddTicks(value.GetInt64() * TimeSpan.TicksPerMicrosecond) < end,
            JsonValueKind.String => DateText.TryParse(value.GetString()!, out var date) && date.ToDateTime(TimeOnly.MinValue) < end,
            _ => false, // NULL is a partition of its own, which does not expire
        };
    }
}
