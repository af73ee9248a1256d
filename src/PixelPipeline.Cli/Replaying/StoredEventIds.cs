using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Targets;
using PixelPipeline.Tables;

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

        var rejected = pipeline.Layout.RejectedTable.Id;
        await foreach (var table in pipeline.Client.ListTablesAsync(pipeline.DatasetId).WithCancellation(cancellationToken))
        {
            var id = table.Reference.TableId;
            var isEvents = TableName.IsEventTable(id, pipeline.Layout.BaseTable);
            if (table.Resource.Type == "TABLE" && (isEvents || id == rejected))
            {
                await ReadAsync(pipeline.Client, table.Reference, isEvents ? ids._events : ids._rejections, cancellationToken);
            }
        }

        return ids;
    }

    /// <summary>True where an event's row is there.</summary>
    public bool HasEvent(string eventId) => _events.Contains(eventId);

    /// <summary>True where a rejection is on record.</summary>
    public bool HasRejection(string eventId) => _rejections.Contains(eventId);

    private static async Task ReadAsync(BigQueryClient client, TableReference table, HashSet<string> ids, CancellationToken cancellationToken)
    {
        await foreach (var row in client.ListRowsAsync(table, Ids).WithCancellation(cancellationToken))
        {
            if (row[Column] is string id)
            {
                ids.Add(id);
            }
        }
    }
}
