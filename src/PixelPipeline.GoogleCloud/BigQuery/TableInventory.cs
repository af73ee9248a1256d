using System.Runtime.CompilerServices;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Tables;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Which tables of a dataset hold the events of one base table: the one place that knows.</summary>
/// <param name="client">The dataset's project.</param>
/// <param name="datasetId">The dataset.</param>
/// <param name="baseTable">The base table's id.</param>
public sealed class TableInventory(BigQueryClient client, string datasetId, string baseTable)
{
    /// <summary>The layout, as the base table or, without its word, the tables beside it say; null before there is any.</summary>
    public Task<LayoutRecord?> FindLayoutAsync(CancellationToken cancellationToken) =>
        LayoutRecord.FindAsync(client, datasetId, baseTable, cancellationToken);

    /// <summary>All tables that hold events, the table of all events among them.</summary>
    public async IAsyncEnumerable<EventTable> ListAsync([EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var record = await FindLayoutAsync(cancellationToken);
        var all = record is null ? null : TableLayout.AllEventsOf(record.Layout, baseTable)?.Id;
        var suffixes = new SuffixReader(record?.Suffix ?? SuffixPattern.Default);
        await foreach (var table in client.ListTablesAsync(datasetId).WithCancellation(cancellationToken))
        {
            var id = table.Reference.TableId;
            if (table.Resource.Type == "TABLE" && (id == all || TableName.IsEventTable(id, baseTable)))
            {
                var isRead = suffixes.TryRead(id == all ? "" : id[baseTable.Length..], out var user, out var day);
                yield return new EventTable(
                    table.Reference, id == all, isRead ? user : null, isRead ? day : null, InstantOf(table.Resource.CreationTime ?? 0)!.Value, InstantOf(table.Resource.ExpirationTime));
            }
        }
    }

    private static DateTime? InstantOf(long? milliseconds) => milliseconds is { } since ? DateTimeOffset.FromUnixTimeMilliseconds(since).UtcDateTime : null;

    /// <summary>The tables to read for every event: the table of all events where there is one, and else all there are.</summary>
    public async Task<IReadOnlyList<EventTable>> SourcesAsync(CancellationToken cancellationToken)
    {
        var tables = new List<EventTable>();
        await foreach (var table in ListAsync(cancellationToken))
        {
            if (table.HoldsAllEvents)
            {
                return [table];
            }

            tables.Add(table);
        }

        return tables;
    }
}
