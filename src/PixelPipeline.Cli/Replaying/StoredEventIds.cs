using System.Net;
using Google;
using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Targets;

namespace PixelPipeline.Cli.Replaying;

/// <summary>
/// The event ids that stand in the event tables and in the table of rejections already. They are listed, which costs
/// nothing, table by table and that column alone: a query over a wildcard ends at 1,000 tables and bills at least 10 MB
/// for each.
/// </summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/reference/rest/v2/tabledata/list"/>
internal sealed class StoredEventIds
{
    private const string Column = "event_id";

    private static readonly TableSchema Ids = new() { Fields = [new TableFieldSchema { Name = Column, Type = "STRING" }] };

    private readonly HashSet<string> _events = [];
    private readonly HashSet<string> _rejections = [];

    private StoredEventIds()
    {
    }

    /// <summary>Reads all ids of a pipeline's tables. They are kept in memory: about 100 bytes each.</summary>
    public static async Task<StoredEventIds> ReadAsync(CommandPipeline pipeline, CancellationToken cancellationToken)
    {
        var ids = new StoredEventIds();
        if (!await pipeline.HasDatasetAsync(cancellationToken))
        {
            return ids;
        }

        foreach (var table in await pipeline.Inventory.SourcesAsync(cancellationToken))
        {
            await ReadAsync(pipeline.Client, table.Reference, ids._events, cancellationToken);
        }

        var rejected = pipeline.Client.GetTableReference(pipeline.DatasetId, pipeline.Layout.RejectedTable.Id);
        await ReadAsync(pipeline.Client, rejected, ids._rejections, cancellationToken);
        return ids;
    }

    /// <summary>True where an event's row is there.</summary>
    public bool HasEvent(string eventId) => _events.Contains(eventId);

    /// <summary>True where a rejection is on record.</summary>
    public bool HasRejection(string eventId) => _rejections.Contains(eventId);

    /// <summary>The event ids of tables; none of a table that is not there.</summary>
    public static async Task<HashSet<string>> OfTablesAsync(BigQueryClient client, IEnumerable<TableReference> tables, CancellationToken cancellationToken)
    {
        var ids = new HashSet<string>();
        foreach (var table in tables)
        {
            await ReadAsync(client, table, ids, cancellationToken);
        }

        return ids;
    }

    private static async Task ReadAsync(BigQueryClient client, TableReference table, HashSet<string> ids, CancellationToken cancellationToken)
    {
        try
        {
            await foreach (var row in client.ListRowsAsync(table, Ids).WithCancellation(cancellationToken))
            {
                if (row[Column] is string id)
                {
                    ids.Add(id);
                }
            }
        }
        catch (GoogleApiException e) when (e.HttpStatusCode == HttpStatusCode.NotFound)
        {
            // Nothing was ever written there.
        }
    }
}
