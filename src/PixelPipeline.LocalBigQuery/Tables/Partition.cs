using System.Globalization;
using System.Text.Json.Nodes;
using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Schemas;
using PixelPipeline.LocalBigQuery.Storage;

namespace PixelPipeline.LocalBigQuery.Tables;

/// <summary>The partition that a decorator names: <c>table$20261120</c>, with the hour, or by month or year alone.</summary>
internal static class Partition
{
    private static readonly Dictionary<string, string> Formats = new()
    {
        ["HOUR"] = "yyyyMMddHH",
        ["DAY"] = "yyyyMMdd",
        ["MONTH"] = "yyyyMM",
        ["YEAR"] = "yyyy",
    };

    /// <summary>The partition's rows.</summary>
    /// <exception cref="ApiException">400: the table has no such partitions.</exception>
    public static ColumnRange RangeOf(TableAddress address, JsonObject resource)
    {
        var partitioning = resource["timePartitioning"] ?? throw ApiException.Invalid($"Cannot read partition information from a table that is not partitioned: {address.Dataset}.{address.TableId}");
        var schema = TableSchema.Of(resource);
        if (!schema.TryFind((string?)partitioning["field"] ?? "", out var column))
        {
            throw ApiException.Invalid("The local BigQuery knows the partitions of tables that are partitioned by a column only.");
        }

        var granularity = (string?)partitioning["type"] ?? "DAY";
        if (!DateTime.TryParseExact(address.Partition, Formats[granularity], CultureInfo.InvariantCulture, DateTimeStyles.None, out var start))
        {
            throw ApiException.Invalid($"Invalid time partition {address.Partition}: those of {address.Dataset}.{address.TableId} are called as {Formats[granularity]}.");
        }

        var end = granularity switch { "HOUR" => start.AddHours(1), "MONTH" => start.AddMonths(1), "YEAR" => start.AddYears(1), _ => start.AddDays(1) };
        return schema.Columns[column].Type == FieldType.Date ? new ColumnRange(column, Date(start), Date(end)) : new ColumnRange(column, Micros(start), Micros(end));
    }

    private static string Date(DateTime time) => time.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    private static long Micros(DateTime time) => (time - DateTime.UnixEpoch).Ticks / TimeSpan.TicksPerMicrosecond;
}
