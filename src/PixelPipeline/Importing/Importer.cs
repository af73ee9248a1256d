using PixelPipeline.Logs;
using PixelPipeline.Logs.Files;

namespace PixelPipeline.Importing;

/// <summary>
/// Takes the lines of access logs in, each through the same core as a live log entry. Lines are worked on in parallel;
/// what was taken in is told as a position, from which an import that was broken off goes on.
/// </summary>
public sealed class Importer : IDisposable
{
    private const int WorkersPerCore = 2; // while some wait for commits, others read

    private readonly PixelProcessor _processor;
    private readonly ImportStep? _step;
    private readonly LineChunkReader _reader;
    private readonly LineOccurrences _occurrences = new();
    private readonly LineNumbers _numbers;
    private readonly Turnstile _numbering = new();
    private readonly Turnstile _reporting = new();
    private readonly CompletedChunks _completed;
    private readonly ImportPosition _start;
    private readonly ImportCounts _counts = new();
    private int _fileIndex = -1;

    /// <summary>Sets an import up.</summary>
    /// <param name="processor">The core.</param>
    /// <param name="files">What to import; the same, in the same order, where an import goes on.</param>
    /// <param name="format">The format of all files; null to look at each file's first lines.</param>
    /// <param name="start">Where to begin; default for the beginning.</param>
    /// <param name="step">Takes each entry in; null to see only what would become of it.</param>
    /// <param name="bad">Told of each line that cannot be read, in the lines' order.</param>
    /// <param name="failed">Told of a file that cannot be read, or not to its end.</param>
    public Importer(
        PixelProcessor processor, IReadOnlyList<LogFile> files, LogFormat? format, ImportPosition start, ImportStep? step, Action<BadLine> bad, Action<LogFile, Exception> failed)
    {
        _processor = processor;
        _step = step;
        _start = start;
        _numbers = new LineNumbers(bad);
        _completed = new CompletedChunks(start);
        _reader = new LineChunkReader([.. files.Skip(start.FileIndex)], format, failed);
    }

    /// <summary>Every line before it is taken in. Never behind what it was.</summary>
    public ImportPosition Position => _completed.Position;

    /// <summary>Bytes read so far, as they are stored, of the files from <c>start</c> on.</summary>
    public long StoredBytesRead => _reader.StoredBytesRead;

    /// <summary>What became of the lines that are taken in.</summary>
    public ImportCounts Counts
    {
        get
        {
            var counts = new ImportCounts();
            lock (_counts)
            {
                counts.Add(_counts);
            }

            return counts;
        }
    }

    /// <summary>Takes everything in.</summary>
    /// <param name="cancellationToken">Breaks off; the position tells how far it got.</param>
    /// <exception cref="Exception">What a step threw: the import is broken off.</exception>
    public Task RunAsync(CancellationToken cancellationToken) => ChunkWorkers.RunAsync(
        _reader, Environment.ProcessorCount * WorkersPerCore, () => CreateWorker(cancellationToken), [_numbering, _reporting], cancellationToken);

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private ChunkWorkers.Work CreateWorker(CancellationToken cancellationToken)
    {
        var worker = new ImportWorker(_processor, _step);
        return async chunk =>
        {
            worker.Find(chunk);
            _numbering.Pass(chunk.Sequence, () => Number(worker, chunk));
            var counts = new ImportCounts();
            worker.Start(chunk, chunk.FileIndex == 0 ? _start.Offset : 0, counts, cancellationToken);
            _reporting.Pass(chunk.Sequence, () => _numbers.Add(chunk, worker.Lines.Count, worker.BadLines));
            await worker.CompleteAsync(counts);
            lock (_counts)
            {
                _counts.Add(counts);
            }

            _completed.Add(chunk);
        };
    }

    private void Number(ImportWorker worker, LineChunk chunk)
    {
        if (chunk.FileIndex != _fileIndex)
        {
            _fileIndex = chunk.FileIndex;
            _occurrences.Clear();
        }

        worker.Lines.Number(chunk, _occurrences);
    }
}
