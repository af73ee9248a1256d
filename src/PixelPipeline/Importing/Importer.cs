using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Importing;

/// <summary>
/// Takes the lines of access logs in, each through the same core as a live log entry. Lines are worked on in parallel;
/// what was taken in is told as a position, from which an import that was broken off goes on.
/// </summary>
public sealed class Importer : IDisposable
{
    private const int WorkersPerCore = 2; // while some wait for commits, others read

    private readonly PixelProcessor _processor;
    private readonly IImportSink _sink;
    private readonly LineChunkReader _reader;
    private readonly LineOccurrences _occurrences = new();
    private readonly LineNumbers _numbers;
    private readonly Turnstile _numbering = new();
    private readonly Turnstile _reporting = new();
    private readonly CompletedChunks _completed;
    private readonly ImportPosition _start;
    private readonly ImportCounts _counts = new();
    private (int File, int Text) _text = (-1, 0);

    /// <summary>Sets an import up.</summary>
    /// <param name="processor">The core.</param>
    /// <param name="files">What to import; the same, in the same order, where an import goes on.</param>
    /// <param name="format">The format of all files; null to look at each file's first lines.</param>
    /// <param name="start">Where to begin; default for the beginning.</param>
    /// <param name="sink">Where the entries go.</param>
    /// <param name="bad">Told of each line that cannot be read, in the lines' order.</param>
    /// <param name="failed">Told of a file that cannot be read, or not to its end.</param>
    public Importer(
        PixelProcessor processor, IReadOnlyList<LogFile> files, LogFormat? format, ImportPosition start, IImportSink sink, Action<BadLine> bad, Action<LogFile, Exception> failed)
    {
        _processor = processor;
        _sink = sink;
        _start = start;
        _numbers = new LineNumbers(bad);
        _completed = new CompletedChunks(start);
        _reader = new LineChunkReader([.. files.Skip(start.FileIndex)], format, (file, e) =>
        {
            _completed.EndAt(start.FileIndex + files.Skip(start.FileIndex).TakeWhile(f => f != file).Count());
            failed(file, e);
        });
    }

    /// <summary>
    /// Every line before it is taken in. It only grows, and stays in the first file that could not be read to its end: an
    /// import that goes on reads the rest of it.
    /// </summary>
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
    /// <exception cref="Exception">What the sink threw: the import is broken off.</exception>
    public async Task RunAsync(CancellationToken cancellationToken)
    {
        await ChunkWorkers.RunAsync(_reader, Environment.ProcessorCount * WorkersPerCore, CreateWorker, cancellationToken);
        await _sink.CompleteAsync(cancellationToken);
    }

    /// <inheritdoc/>
    public void Dispose() => _reader.Dispose();

    private ChunkWorkers.Work CreateWorker()
    {
        var worker = new ImportWorker(_processor, _occurrences, _sink.UsesEventBytes);
        return async (chunk, ct) =>
        {
            worker.Find(chunk);
            await _numbering.PassAsync(chunk.Sequence, () => Number(worker, chunk), ct);
            worker.Read(chunk, chunk.FileIndex == 0 ? _start.Offset : 0);
            await _reporting.PassAsync(chunk.Sequence, () => _numbers.Add(chunk, worker.Lines.Count, worker.BadLines), ct);
            var (sequence, badLines) = (chunk.Sequence, worker.BadLines.Count); // chunk and worker go on before all is committed
            var end = new ImportPosition(chunk.FileIndex + _start.FileIndex, chunk.EndOffset);
            await _sink.TakeAsync(new ImportedChunk(sequence, worker.Entries), counts => Complete(sequence, end, badLines, counts), ct);
        };
    }

    private void Complete(long sequence, ImportPosition end, int badLines, ImportCounts counts)
    {
        counts.AddBad(badLines);
        lock (_counts)
        {
            _counts.Add(counts);
        }

        _completed.Add(sequence, end);
    }

    private ValueTask Number(ImportWorker worker, LineChunk chunk)
    {
        if ((chunk.FileIndex, chunk.TextIndex) != _text)
        {
            _text = (chunk.FileIndex, chunk.TextIndex);
            _occurrences.Clear();
        }

        worker.Lines.Number(chunk, _occurrences);
        return default;
    }
}
