using PixelPipeline.Writing;

namespace PixelPipeline.Importing;

/// <summary>Takes entries in one by one: those of a chunk at once, and the next chunk when all of them are done.</summary>
/// <param name="step">Takes an entry in and says what became of it. Called on several threads at once.</param>
public sealed class EntryByEntry(Func<ImportedEntry, CancellationToken, ValueTask<EntryOutcome>> step) : IImportSink
{
    /// <inheritdoc/>
    public bool UsesEventBytes => true;

    /// <inheritdoc/>
    public async ValueTask TakeAsync(ImportedChunk chunk, Action<ImportCounts> committed, CancellationToken cancellationToken)
    {
        var counts = new ImportCounts();
        var underWay = new List<Task<EntryOutcome>>();
        foreach (var entry in chunk.Entries)
        {
            var outcome = step(entry, cancellationToken);
            if (outcome.IsCompletedSuccessfully)
            {
                counts.Add(outcome.Result);
            }
            else
            {
                underWay.Add(outcome.AsTask());
            }
        }

        foreach (var outcome in await Task.WhenAll(underWay))
        {
            counts.Add(outcome);
        }

        committed(counts);
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
