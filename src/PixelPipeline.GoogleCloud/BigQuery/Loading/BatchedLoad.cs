namespace PixelPipeline.GoogleCloud.BigQuery.Loading;

/// <summary>
/// Loads rows by jobs: each 128 MiB of them, in the order in which they come, is one. The same rows are cut into the same jobs,
/// which BigQuery runs once. Not safe for concurrent use.
/// </summary>
/// <param name="loader">Loads a job's rows; null where they are only counted.</param>
/// <param name="jobBytes">Bytes of JSON from which on a job is full.</param>
internal sealed class BatchedLoad(TableLoader? loader, int jobBytes) : IDisposable
{
    /// <summary>Bytes of JSON from which on a job is full; it takes about a tenth of them in memory.</summary>
    public const int JobBytes = 128 << 20;

    private LoadBatch _batch = new();

    /// <summary>Rows that an earlier run has loaded, and that therefore were not loaded again.</summary>
    public long RowsLoadedBefore { get; private set; }

    /// <summary>Adds rows, and loads the job that they fill.</summary>
    /// <returns>True where all rows added so far are loaded.</returns>
    public async ValueTask<bool> AddAsync(JsonRows rows, CancellationToken cancellationToken)
    {
        _batch.Add(rows);
        if (_batch.Bytes < jobBytes)
        {
            return false;
        }

        await CompleteAsync(cancellationToken);
        return true;
    }

    /// <summary>Loads what is left.</summary>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        if (_batch.Bytes == 0)
        {
            return;
        }

        if (loader is not null)
        {
            var (hash, rows) = _batch.Complete();
            RowsLoadedBefore += await loader.LoadAsync(hash, rows, cancellationToken) ? 0 : _batch.RowCount;
        }

        _batch.Dispose();
        _batch = new LoadBatch();
    }

    /// <inheritdoc/>
    public void Dispose() => _batch.Dispose();
}
