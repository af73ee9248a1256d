using System.Runtime.CompilerServices;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.GoogleCloud.BigQuery;

namespace PixelPipeline.Cli.Exporting;

/// <summary>Reads the events of a dataset, each once.</summary>
/// <param name="client">Speaks to BigQuery.</param>
/// <param name="datasetId">Where the tables are.</param>
/// <param name="baseTable">The one event table, or the template of many, whose names begin with it.</param>
internal sealed class StoredEvents(BigQueryClient client, string datasetId, string baseTable)
{
    /// <summary>Events that were there a second time, which a late redelivery can cause.</summary>
    public long Doubles { get; private set; }

    /// <summary>The columns in schema order: those of the base table.</summary>
    public async Task<IReadOnlyList<string>> ColumnsAsync(CancellationToken cancellationToken)
    {
        var table = await client.GetTableAsync(datasetId, baseTable, cancellationToken: cancellationToken);
        return [.. table.Schema.Fields.Select(f => f.Name)];
    }

    /// <summary>The events of a span of time, table by table.</summary>
    /// <param name="from">First instant, UTC; null for no bound.</param>
    /// <param name="to">First instant no more, UTC; null for no bound.</param>
    /// <param name="cancellationToken">Ends the reading.</param>
    public async IAsyncEnumerable<BigQueryRow> ReadAsync(DateTime? from, DateTime? to, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var seen = new HashSet<string>();
        foreach (var table in await new TableInventory(client, datasetId, baseTable).SourcesAsync(cancellationToken))
        {
            var schema = (await client.GetTableAsync(table.Reference, cancellationToken: cancellationToken)).Schema;
            await foreach (var row in client.ListRowsAsync(table.Reference, schema).WithCancellation(cancellationToken))
            {
                if (!IsWithin(row, from, to))
                {
                    continue;
                }

                if (seen.Add((string)row["event_id"]))
                {
                    yield return row;
                }
                else
                {
                    Doubles++;
                }
            }
        }
    }

    private static bool IsWithin(BigQueryRow row, DateTime? from, DateTime? to) =>
        row["event_time"] is DateTime time && !(time < from) && !(time >= to);
}
