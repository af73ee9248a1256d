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
public sealed class EventCopy(BigQueryClient client, TableLoader loader, int jobBytes = LoadJobSink.JobBytes)
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
        var batch = new LoadBatch();
        var copied = 0L;
        try
        {
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
                        batch = rows.Lines.Length < RowsAtOnce ? batch : await AddAsync(batch, rows, isDry, cancellationToken);
                    }
                }

                batch = await AddAsync(batch, rows, isDry, cancellationToken);
            }

            batch = await LoadAsync(batch, isDry, isLast: true, cancellationToken);
            return copied;
        }
        finally
        {
            batch.Dispose();
        }
    }

    private Task<LoadBatch> AddAsync(LoadBatch batch, JsonRows rows, bool isDry, CancellationToken cancellationToken)
    {
        batch.Add(rows);
        Bytes += rows.Lines.Length;
        rows.Clear();
        return LoadAsync(batch, isDry, isLast: false, cancellationToken);
    }

    private async Task<LoadBatch> LoadAsync(LoadBatch batch, bool isDry, bool isLast, CancellationToken cancellationToken)
    {
        if (batch.Bytes == 0 || (batch.Bytes < jobBytes && !isLast))
        {
            return batch;
        }

        if (!isDry)
        {
            var (hash, rows) = batch.Complete();
            await loader.LoadAsync(hash, rows, cancellationToken);
        }

        batch.Dispose();
        return new LoadBatch();
    }
}
