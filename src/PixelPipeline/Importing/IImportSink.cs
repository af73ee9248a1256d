namespace PixelPipeline.Importing;

/// <summary>Where the entries of an import go. Safe for concurrent use.</summary>
public interface IImportSink
{
    /// <summary>True where the bytes of events are used, and not only those of rejected entries.</summary>
    bool UsesEventBytes { get; }

    /// <summary>Takes the entries of one chunk over.</summary>
    /// <param name="chunk">The chunk; holds until this completes. Chunks come in any order, several at once.</param>
    /// <param name="committed">
    /// Called once, as soon as every entry of the chunk is committed, with what became of them; also after this has
    /// completed. The import's position, and so what a resumed import leaves out, follows it.
    /// </param>
    /// <param name="cancellationToken">The import is broken off.</param>
    /// <exception cref="Exception">Any: the import is broken off.</exception>
    ValueTask TakeAsync(ImportedChunk chunk, Action<ImportCounts> committed, CancellationToken cancellationToken);

    /// <summary>Commits whatever is not committed: there are no more chunks.</summary>
    /// <exception cref="Exception">Any: the import is broken off.</exception>
    Task CompleteAsync(CancellationToken cancellationToken);
}
