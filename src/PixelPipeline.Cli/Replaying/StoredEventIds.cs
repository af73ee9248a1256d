using Google.Cloud.BigQuery.V2;
using PixelPipeline.Cli.Pipelines;

namespace PixelPipeline.Cli.Replaying;

/// <summary>The event ids that stand in the event tables and in the table of rejections already.</summary>
internal sealed class StoredEventIds
{
    private readonly HashSet<string> _events = [];
    private readonly HashSet<string> _rejections = [];

    private StoredEventIds()
    {
    }

    /// <summary>Reads all ids of a pipeline's tables. They are kept in memory: about 100 bytes each.</summary>
    public static async Task<StoredEventIds> ReadAsync(CommandPipeline pipeline, CancellationToken cancellationToken)
    {
        var ids = new StoredEventIds();
        var rejected = pipeline.Layout.RejectedTable.Id;
        await foreach (var table in pipeline.Client.ListTablesAsync(pipeline.DatasetId).WithCancellation(cancellationToken))
        {
            var id = table.Reference.TableId;
            var isEvents = id == pipeline.Layout.BaseTable || id.StartsWith(pipeline.Layout.BaseTable + "_", StringComparison.Ordinal);
            if (table.Resource.Type == "TABLE" && (isEvents || id == rejected))
            {
                await ReadAsync(pipeline.Client, table, isEvents ? ids._events : ids._rejections, cancellationToken);
            }
        }

        return ids;
    }

    /// <summary>True where an event's row is there.</summary>
    public bool HasEvent(string eventId) => _events.Contains(eventId);

    /// <summary>True where a rejection is on record.</summary>
    public bool HasRejection(string eventId) => _rejections.Contains(eventId);

    private static async Task ReadAsync(BigQueryClient client, BigQueryTable listed, HashSet<string> ids, CancellationToken cancellationToken)
    {
        var table = await client.GetTableAsync(listed.Reference, cancellationToken: cancellationToken);
        await foreach (var row in client.ListRowsAsync(table.Reference, table.Schema).WithCancellation(cancellationToken))
        {
            if (row["event_id"] is string id)
            {
                ids.Add(id);
            }
        }
    }
}
