using Google.Apis.Bigquery.v2.Data;
using Google.Cloud.BigQuery.V2;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery.Loading;

/// <summary>
/// Copies events that a table of all events lacks into it: read row by row, written by load jobs that are named by their
/// content. Broken off at any place and begun again, it copies each event once.
/// </summary>
/// <param name="client">The dataset's project.</param>
/// <param name="loader">Loads the table of all events.</param>
/// <param name="jobBytes">Bytes of JSON from which on a job is full.</param>
public sealed class EventCopy(BigQueryClient client, TableLoader loader, int jobBytes = BatchedLoad.JobBytes)
{
    private const string Id = "event_id";
    private const int RowsAtOnce = 1 << 20; // bytes, of a table however large

    private long _read;

    /// <summary>Rows read so far.</summary>
    public long Read => Volatile.Read(ref _read);

    /// <summary>Bytes of JSON that were copied, or are to be.</summary>
    public long Bytes { get; private set; }

    /// <summary>Copies.</summary>
    /// <param name="tables">Where from.</param>
    /// <param name="known">The ids of the events that are there already; the others are added.</param>
    /// <param name="isDry">Only counts.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>How many events were copied, or are to be.</returns>
    /// <exception cref="RowNotCommittedException">BigQuery does not take them.</exception>
    public async Task<long> RunAsync(IReadOnlyList<TableReference> tables, ISet<string> known, bool isDry, CancellationToken cancellationToken)
    {
        using var rows = new JsonRows();
        using var load = new BatchedLoad(isDry ? null : loader, jobBytes);
        var copied = 0L;
        foreach (var table in tables)
        {
            var schema = (await client.GetTableAsync(table, cancellationToken: cancellationToken)).Schema;
            await foreach (var row in client.ListRowsAsync(table, schema).WithCancellation(cancellationToken))
            {
                Volatile.Write(ref _read, _read + 1);
                if (known.Add((string)row[Id]))
                {
                    copied++;
                    rows.Add(row);
                    if (rows.Lines.Length >= RowsAtOnce)
                    {
                        await AddAsync(load, rows, cancellationToken);
                    }
                }
            }

            await AddAsync(load, rows, cancellationToken);
        }

        await load.CompleteAsync(cancellationToken);
        return copied;
    }

    private async Task AddAsync(BatchedLoad load, JsonRows rows, CancellationToken cancellationToken)
    {
        Bytes += rows.Lines.Length;
        await load.AddAsync(rows, cancellationToken);
        rows.Clear();
    }
}
