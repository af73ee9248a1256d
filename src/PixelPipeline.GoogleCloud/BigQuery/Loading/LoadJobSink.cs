using System.Collections.Concurrent;
using PixelPipeline.Importing;
using PixelPipeline.Logs.Files;
using PixelPipeline.Writing;

namespace PixelPipeline.GoogleCloud.BigQuery.Loading;

/// <summary>
/// Takes an import into one table by load jobs: rows are put together in the order of their lines, and each 128 MiB of
/// them are a job. The same files are cut into the same jobs, which BigQuery runs once, so that importing them again
/// loads nothing twice. Rejected entries, which are few, go the way of live ones.
/// </summary>
public sealed class LoadJobSink : IImportSink, IDisposable
{
    private readonly TableLoader _loader;
    private readonly BatchedLoad _load;
    private readonly EntryByEntry _others;
    private readonly EntryByEntry? _ownTables;
    private readonly Turnstile _order = new();
    private readonly ConcurrentBag<JsonRows> _buffers = [];
    private readonly List<Action> _waiting = []; // for the job: each tells that one chunk is committed

    /// <summary>A sink that gathers events into load jobs, and sends what is rejected the live way.</summary>
    /// <param name="loader">Loads the table of all events.</param>
    /// <param name="others">Takes the entries that are no events: commits those that are rejected.</param>
    /// <param name="ownTables">Takes all entries and writes events to the tables for each user and day; null where these get nothing.</param>
    /// <param name="jobBytes">Bytes of JSON from which on a job is full.</param>
    public LoadJobSink(TableLoader loader, EntryByEntry others, EntryByEntry? ownTables = null, int jobBytes = BatchedLoad.JobBytes)
    {
        _loader = loader;
        _load = new BatchedLoad(loader, jobBytes);
        _others = others;
        _ownTables = ownTables;
    }

    /// <summary>Rows that an import before this one has loaded, and that therefore were not loaded again.</summary>
    public long RowsLoadedBefore => _load.RowsLoadedBefore;

    /// <inheritdoc/>
    public bool UsesEventBytes => false;

    /// <inheritdoc/>
    public async ValueTask TakeAsync(ImportedChunk chunk, Action<ImportCounts> committed, CancellationToken cancellationToken)
    {
        var rows = _buffers.TryTake(out var used) ? used : new JsonRows();
        var counts = new ImportCounts();
        var others = TakeEvents(chunk.Entries, rows, counts);
        await _others.TakeAsync(chunk with { Entries = others }, counts.Add, cancellationToken);
        if (_ownTables is not null)
        {
            await _ownTables.TakeAsync(chunk, _ => { }, cancellationToken);
        }

        await _order.PassAsync(chunk.Sequence, () => AppendAsync(rows, () => committed(counts), cancellationToken), cancellationToken);
        rows.Clear();
        _buffers.Add(rows);
    }

    /// <inheritdoc/>
    public async Task CompleteAsync(CancellationToken cancellationToken)
    {
        await _load.CompleteAsync(cancellationToken);
        TellCommitted();
    }

    /// <summary>Takes the entries that are events.</summary>
    /// <returns>The others.</returns>
    private List<ImportedEntry> TakeEvents(IReadOnlyList<ImportedEntry> entries, JsonRows rows, ImportCounts counts)
    {
        var others = new List<ImportedEntry>();
        foreach (var entry in entries)
        {
            if (entry.Outcome is EntryOutcome.Written written)
            {
                rows.Add(written.Row);
                counts.Add(written with { Table = _loader.Table });
            }
            else
            {
                others.Add(entry);
            }
        }

        return others;
    }

    private async ValueTask AppendAsync(JsonRows rows, Action committed, CancellationToken cancellationToken)
    {
        _waiting.Add(committed);
        if (await _load.AddAsync(rows, cancellationToken))
        {
            TellCommitted();
        }
    }

    private void TellCommitted()
    {
        _waiting.ForEach(committed => committed());
        _waiting.Clear();
    }

    /// <inheritdoc/>
    public void Dispose()
    {
        _load.Dispose();
        foreach (var rows in _buffers)
        {
            rows.Dispose();
        }
    }
}
