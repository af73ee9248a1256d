namespace PixelPipeline.Importing;

/// <summary>Lets only some entries through to a sink, in their order.</summary>
/// <param name="sink">Where to.</param>
/// <param name="isChosen">Which ones; called once for each entry, for several at once.</param>
public sealed class ChosenEntries(IImportSink sink, Func<ImportedEntry, bool> isChosen) : IImportSink
{
    /// <inheritdoc/>
    public bool UsesEventBytes => sink.UsesEventBytes;

    /// <inheritdoc/>
    public ValueTask TakeAsync(ImportedChunk chunk, Action<ImportCounts> committed, CancellationToken cancellationToken) =>
        sink.TakeAsync(chunk with { Entries = [.. chunk.Entries.Where(isChosen)] }, committed, cancellationToken);

    /// <inheritdoc/>
    public Task CompleteAsync(CancellationToken cancellationToken) => sink.CompleteAsync(cancellationToken);
}
