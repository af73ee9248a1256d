using System.Net;
using System.Runtime.CompilerServices;
using Google;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Writing;

namespace PixelPipeline.Cli.Rejected;

/// <summary>The table of rejected entries, read twice: first who is resolved, then the entries of the others.</summary>
internal sealed class RejectedTable
{
    private readonly BigQueryClient _client;
    private readonly string _datasetId;
    private readonly string _tableId;

    public RejectedTable(BigQueryClient client, string datasetId, string tableId)
    {
        _client = client;
        _datasetId = datasetId;
        _tableId = tableId;
    }

    /// <summary>The entries that are not resolved, each once, in the table's order.</summary>
    /// <param name="reason">Only those rejected for it; null for all.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<RejectedEntry> UnresolvedAsync(string? reason, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var done = new HashSet<string>();
        await foreach (var row in RowsAsync(cancellationToken))
        {
            if (row["reason"] is RejectedEntries.ResolvedReason)
            {
                done.Add((string)row["event_id"]);
            }
        }

        await foreach (var row in RowsAsync(cancellationToken))
        {
            var entry = ToEntry(row);
            if ((reason is null || entry.Reason == reason) && done.Add(entry.EventId))
            {
                yield return entry;
            }
        }
    }

    private static RejectedEntry ToEntry(BigQueryRow row) => new(
        (string)row["event_id"], (DateTime)row["rejected_time"], (string)row["reason"], (string?)row["column"], (string?)row["message"], (byte[]?)row["entry"] ?? []);

    private async IAsyncEnumerable<BigQueryRow> RowsAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        BigQueryTable table;
        try
        {
            table = await _client.GetTableAsync(_datasetId, _tableId, cancellationToken: cancellationToken);
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            yield break; // nothing was ever rejected
        }

        await foreach (var row in _client.ListRowsAsync(table.Reference, table.Schema).WithCancellation(cancellationToken))
        {
            yield return row;
        }
    }
}
