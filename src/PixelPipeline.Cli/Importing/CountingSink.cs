using PixelPipeline.Importing;

namespace PixelPipeline.Cli.Importing;

/// <summary>Counts the lines on their way into a sink, which may commit them much later. Safe for concurrent use.</summary>
/// <param name="sink">Where they go.</param>
internal sealed class CountingSink(IImportSink sink) : IImportSink
{
    private long _lines;

    /// <summary>Lines that came by; those that could not be read are not among them.</summary>
    public long Lines => Interlocked.Read(ref _lines);

    public bool UsesEventBytes => sink.UsesEventBytes;

    public ValueTask TakeAsync(ImportedChunk chunk, Action<ImportCounts> committed, CancellationToken cancellationToken)
    {
        Interlocked.Add(ref _lines, chunk.Entries.Count);
        return sink.TakeAsync(chunk, committed, cancellationToken);
    }

    public Task CompleteAsync(CancellationToken cancellationToken) => sink.CompleteAsync(cancellationToken);
}
