using System.Globalization;
using PixelPipeline.Cli.Output;
using PixelPipeline.Importing;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Importing;

/// <summary>What became of the lines of an import, as rows of <c>outcome, reason, table, lines</c>.</summary>
internal static class ImportReport
{
    private const int TablesForPeople = 20;

    /// <summary>Prints it; for people, at most the 20 tables with most rows one by one. Rows that BigQuery refused are warned of, and so is a log without any query.</summary>
    public static void Print(OutputFormat format, ImportCounts counts)
    {
        var tables = counts.Written.OrderByDescending(t => t.Value).ThenBy(t => t.Key.Id, StringComparer.Ordinal).ToList();
        var shown = format == OutputFormat.Table ? tables.Take(TablesForPeople) : tables;
        var rows = shown.Select(t => (object?[])["written", null, t.Key.Id, t.Value]).ToList();
        if (tables.Skip(rows.Count).ToList() is { Count: > 0 } more)
        {
            rows.Add(["written", null, string.Create(CultureInfo.InvariantCulture, $"{more.Count:N0} more tables"), more.Sum(t => t.Value)]);
        }

        rows.AddRange(counts.Ignored.OrderBy(r => r.Key).Select(r => (object?[])["ignored", r.Key.ToLabel(), null, r.Value]));
        rows.AddRange(counts.Rejected.OrderBy(r => r.Key).Select(r => (object?[])["rejected", r.Key.ToLabel(), null, r.Value]));
        if (counts.BadLines > 0)
        {
            rows.Add(["unreadable", null, null, counts.BadLines]);
        }

        RecordPrinter.Print(format, ["outcome", "reason", "table", "lines"], rows, "No lines.");
        if (counts.Rejected.TryGetValue(RejectedReason.InvalidRow, out var refused))
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"{refused:N0} rows were refused by BigQuery: the tables have other columns than --schema, or another --layout. `pixel rejected --reason {RejectedReason.InvalidRow.ToLabel()}` shows each."));
        }

        WarnOfLostQueries(counts);
    }

    // Otherwise a log without queries looks like a pixel that nobody used.
    private static void WarnOfLostQueries(ImportCounts counts)
    {
        if (counts.WrittenRows + counts.RejectedRows == 0 && counts.Ignored.TryGetValue(IgnoredReason.NoAttributes, out var hits))
        {
            Console.Error.WriteLine(string.Create(CultureInfo.InvariantCulture,
                $"All {hits:N0} hits of the pixel came without a query. Squid, for one, strips it from its logs unless strip_query_terms off is set."));
        }
    }
}
