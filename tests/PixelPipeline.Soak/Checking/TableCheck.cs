using Google.Cloud.BigQuery.V2;
using PixelPipeline.Soak.Oracle;

namespace PixelPipeline.Soak.Checking;

/// <summary>Reads every row of every table after a run and compares it to the oracle.</summary>
internal sealed class TableCheck(RunOracle oracle, ActionLog log, Violations violations)
{
    private readonly byte[] _copies = new byte[log.Events];
    private readonly byte[] _copiesInAll = new byte[log.Events]; // in the table of all events, beside the event's own

    public long Rows { get; private set; }

    public long RawDuplicates { get; private set; }

    public int Tables { get; private set; }

    public int Lost { get; private set; }

    public Dictionary<string, long> Outcomes { get; } = [];

    public async Task RunAsync(BigQueryClient client, CancellationToken cancellationToken)
    {
        await foreach (var table in client.ListTablesAsync("pixels").WithCancellation(cancellationToken))
        {
            Tables++;
            var id = table.Reference.TableId;
            await foreach (var row in client.ListRowsAsync("pixels", id).WithCancellation(cancellationToken))
            {
                Rows++;
                Check(id, row);
            }
        }

        for (var index = 0; index < log.Events; index++)
        {
            CheckPresence(index);
        }
    }

    private void Check(string table, BigQueryRow row)
    {
        var isRejection = table == Expectation.RejectedTable;
        var index = RunOracle.IndexIn(isRejection ? (byte[])row["entry"] : System.Text.Encoding.UTF8.GetBytes((string?)row["order_id"] ?? ""));
        if ((uint)index >= (uint)log.Events)
        {
            violations.Add($"A row of {table} is of no event of this run.");
            return;
        }

        var e = oracle.EventOf(index);
        var expected = oracle.Expect(e);
        if (!expected.Names(table))
        {
            violations.Add($"Event {index} ({e.Kind}) stands in {table}, not in {expected.Table ?? "nothing"}.");
            return;
        }

        var copies = table == expected.AllEvents ? _copiesInAll : _copies;
        RawDuplicates += copies[index] > 0 ? 1 : 0;
        copies[index] = (byte)Math.Min(byte.MaxValue, copies[index] + 1);
        if ((isRejection ? FindDifference(row, e, expected) : FindDifference(row, e)) is { } column)
        {
            violations.Add($"Event {index} ({e.Kind}) has another {column} in {table}: {row[column]}.");
        }
    }

    private static string? FindDifference(BigQueryRow row, SoakEvent e)
    {
        (string Column, object? Value)[] expected =
        [
            ("event_id", RunOracle.EventId(e)), ("event_time", e.Time), ("user_id", e.User.Id), ("type", e.Type),
            ("order_id", e.Marker), ("amount", (long)e.Index), ("referer", null),
        ];
        return expected.FirstOrDefault(c => !Equals(row[c.Column], c.Value)).Column;
    }

    private static string? FindDifference(BigQueryRow row, SoakEvent e, Expectation expected)
    {
        (string Column, object? Value)[] columns = [("event_id", RunOracle.EventId(e)), ("reason", expected.Reason), ("column", expected.Column)];
        return columns.FirstOrDefault(c => !Equals(row[c.Column], c.Value)).Column
            ?? (EntryText.Of(e).AsSpan().SequenceEqual((byte[])row["entry"]) ? null : "entry");
    }

    private void CheckPresence(int index)
    {
        var expected = oracle.Expect(index);
        var outcome = expected.Table is null ? "ignored" : expected.IsRejected ? "rejected" : "written";
        var label = expected.Reason is null ? outcome : $"{outcome}, {expected.Reason}";
        Outcomes[label] = Outcomes.GetValueOrDefault(label) + 1;
        if (!log.IsAcknowledged(index))
        {
            violations.Add($"Event {index} was never acknowledged.");
        }
        else if ((expected.Table is not null && _copies[index] == 0) || (expected.AllEvents is not null && _copiesInAll[index] == 0))
        {
            Lost++;
            violations.Add($"Event {index} was acknowledged and is missing in {(expected.Table is not null && _copies[index] == 0 ? expected.Table : expected.AllEvents)}: lost.");
        }
    }
}
