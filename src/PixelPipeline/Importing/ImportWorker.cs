using PixelPipeline.Logs;
using PixelPipeline.Logs.Files;
using PixelPipeline.Writing;

namespace PixelPipeline.Importing;

/// <summary>Takes one chunk after the other in. Not safe for concurrent use: each worker is its own.</summary>
internal sealed class ImportWorker
{
    private const int SecondsPerDay = 86_400;

    private readonly PixelProcessor _processor;
    private readonly ImportStep? _step;
    private readonly LogLineReader _reader = new();
    private readonly LineBuffer _urls = new();
    private readonly List<Task<EntryOutcome>> _underWay = [];

    public ImportWorker(PixelProcessor processor, ImportStep? step)
    {
        _processor = processor;
        _step = step;
    }

    public ChunkLines Lines { get; } = new();

    /// <summary>The lines of the last chunk that could not be read.</summary>
    public List<(int Line, BadLineReason Reason)> BadLines { get; } = [];

    /// <summary>Finds the chunk's lines.</summary>
    public void Find(LineChunk chunk)
    {
        _reader.CloudFrontFields = chunk.CloudFrontFields;
        Lines.Find(chunk, _reader);
    }

    /// <summary>Reads the lines and hands each on.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="from">Lines that begin before this offset of the file are taken in already.</param>
    /// <param name="counts">Takes what became of those whose step is complete.</param>
    /// <param name="cancellationToken">Withdraws what is not committed.</param>
    public void Start(LineChunk chunk, long from, ImportCounts counts, CancellationToken cancellationToken)
    {
        BadLines.Clear();
        _underWay.Clear();
        if (chunk.IsTooLongLine && chunk.Offset >= from)
        {
            BadLines.Add((1, BadLineReason.TooLong));
        }

        foreach (var line in Lines.Lines)
        {
            if (chunk.Offset + line.Start >= from)
            {
                Start(line, chunk, counts, cancellationToken);
            }
        }

        counts.AddBad(BadLines.Count);
    }

    /// <summary>Waits until every line's step is complete.</summary>
    public async Task CompleteAsync(ImportCounts counts)
    {
        foreach (var outcome in await Task.WhenAll(_underWay))
        {
            counts.Add(outcome);
        }
    }

    private void Start(ChunkLines.Line line, LineChunk chunk, ImportCounts counts, CancellationToken cancellationToken)
    {
        var bytes = chunk.Buffer.AsMemory(line.Start, line.Length);
        if (TryRead(line, bytes, chunk.Format, out var entry) is { } reason)
        {
            BadLines.Add((line.Number, reason));
            return;
        }

        if (_step is null)
        {
            counts.Add(entry.Outcome);
            return;
        }

        var step = _step(entry, cancellationToken);
        if (step.IsCompletedSuccessfully)
        {
            counts.Add(step.Result);
        }
        else
        {
            _underWay.Add(step.AsTask());
        }
    }

    private BadLineReason? TryRead(ChunkLines.Line line, ReadOnlyMemory<byte> bytes, LogFormat? format, out ImportedEntry entry)
    {
        entry = default;
        if (line.Length > LineChunkReader.MaxLineBytes)
        {
            return BadLineReason.TooLong;
        }

        if (format == LogFormat.LogEntry)
        {
            return TryReadEntry(bytes, out entry);
        }

        _reader.CloudFrontFields = line.CloudFrontFields;
        _urls.Clear();
        if (_reader.Read(bytes.Span, format, out var read) is { } reason)
        {
            return reason;
        }

        Span<byte> insertId = stackalloc byte[LineInsertId.Length];
        LineInsertId.Write(line.Hash, line.Occurrence, insertId);
        var logEntry = LineEntry.ToEntry(in read, insertId, _urls);
        var outcome = _processor.Process(in logEntry);
        var json = _step is null || outcome is EntryOutcome.Ignored ? null : LineEntry.ToJson(in logEntry, insertId);
        entry = new ImportedEntry(DayOf(read.Timestamp), outcome, json);
        return null;
    }

    private BadLineReason? TryReadEntry(ReadOnlyMemory<byte> bytes, out ImportedEntry entry)
    {
        entry = default;
        if (!LogEntryJson.TryRead(bytes.Span, out var logEntry))
        {
            return BadLineReason.NotALogEntry;
        }

        entry = new ImportedEntry(DayOf(logEntry.Timestamp), _processor.Process(in logEntry), bytes);
        return null;
    }

    private static DateOnly DayOf(EntryTimestamp time) =>
        DateOnly.FromDayNumber((int)((time.UnixSeconds - (((time.UnixSeconds % SecondsPerDay) + SecondsPerDay) % SecondsPerDay)) / SecondsPerDay) + UnixDay);

    private static int UnixDay { get; } = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;
}
