namespace PixelPipeline.Importing;

/// <summary>Takes nothing in: what would become of the entries is counted, and that is all.</summary>
public sealed class DryRun : IImportSink
{
    /// <inheritdoc/>
    public bool UsesEventBytes => false;

    /// <inheritdoc/>
    public ValueTask TakeAsync(ImportedChunk chunk, Action<ImportCounts> committed, CancellationToken cancellationToken)
    {
        var counts = new ImportCounts();
        foreach (var entry in chunk.Entries)
        {
            counts.Add(entry.Outcome);
        }

        committed(counts);
        return default;
    }

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken) => Task.CompletedTask;
}
