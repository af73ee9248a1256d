using PixelPipeline.Logs;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;
using PixelPipeline.Writing;

namespace PixelPipeline.Importing;

/// <summary>Makes entries of the lines of one chunk after the other. Not safe for concurrent use: each worker is its own.</summary>
/// <param name="processor">The core.</param>
/// <param name="occurrences">Tells equal lines apart.</param>
/// <param name="usesEventBytes">False to make bytes of rejected entries only.</param>
internal sealed class ImportWorker(PixelProcessor processor, LineOccurrences occurrences, bool usesEventBytes)
{
    private readonly LogLineReader _reader = new();
    private readonly LineBuffer _urls = new();
    private readonly List<ImportedEntry> _entries = [];

    public ChunkLines Lines { get; } = new();

    /// <summary>The entries of the last chunk.</summary>
    public IReadOnlyList<ImportedEntry> Entries => _entries;

    /// <summary>The lines of the last chunk that could not be read.</summary>
    public List<(int Line, BadLineReason Reason)> BadLines { get; } = [];

    private static int DayNumberOf1970 { get; } = DateOnly.FromDateTime(DateTime.UnixEpoch).DayNumber;

    /// <summary>Finds the chunk's lines.</summary>
    public void Find(LineChunk chunk)
    {
        _reader.Header = chunk.Header;
        _reader.TimeZone = chunk.TimeZone;
        Lines.Find(chunk, _reader, occurrences);
    }

    /// <summary>Reads the lines that were found and numbered.</summary>
    /// <param name="chunk">The chunk.</param>
    /// <param name="from">Lines that begin before this offset of the file are taken in already.</param>
    public void Read(LineChunk chunk, long from)
    {
        BadLines.Clear();
        _entries.Clear();
        if (chunk.IsTooLongLine && chunk.Offset >= from)
        {
            BadLines.Add((1, BadLineReason.TooLong));
        }

        foreach (var line in Lines.Lines)
        {
            if (chunk.Offset + line.Start < from)
            {
                continue;
            }

            if (TryRead(line, chunk.Buffer.AsMemory(line.Start, line.Length), chunk.Format, out var entry) is { } reason)
            {
                BadLines.Add((line.Number, reason));
            }
            else
            {
                _entries.Add(entry);
            }
        }
    }

    private BadLineReason? TryRead(ChunkLines.Line line, ReadOnlyMemory<byte> bytes, LogFormat? format, out ImportedEntry entry)
    {
        entry = default;
        if (line.Length > LineChunkReader.MaxLineBytes)
        {
            return BadLineReason.TooLong;
        }

        return format is { IsEntries: true } ? TryReadEntry(bytes, out entry) : TryReadLine(line, bytes.Span, format, out entry);
    }

    private BadLineReason? TryReadEntry(ReadOnlyMemory<byte> bytes, out ImportedEntry entry)
    {
        entry = default;
        if (!LogEntryJson.TryRead(bytes.Span, out var logEntry))
        {
            return BadLineReason.NotALogEntry;
        }

        entry = new ImportedEntry(DayOf(logEntry.Timestamp), processor.Process(in logEntry), bytes);
        return null;
    }

    private BadLineReason? TryReadLine(ChunkLines.Line line, ReadOnlySpan<byte> bytes, LogFormat? format, out ImportedEntry entry)
    {
        entry = default;
        _reader.Header = line.Header;
        _urls.Clear();
        if (_reader.Read(bytes, format, out var read) is { } reason)
        {
            return reason;
        }

        var logEntry = LineEntry.ToEntry(in read, EventIdSource.OfLine(bytes, line.Occurrence, read.Timestamp), _urls);
        var outcome = processor.Process(in logEntry);
        var isUsed = outcome is EntryOutcome.Rejected || (usesEventBytes && outcome is EntryOutcome.Written);
        entry = new ImportedEntry(DayOf(read.Timestamp), outcome, isUsed ? LineEntry.ToJson(in logEntry, LineInsertId.Of(bytes, line.Occurrence)) : default);
        return null;
    }

    private static DateOnly DayOf(EntryTimestamp time) => DateOnly.FromDayNumber(DayNumberOf1970 + time.UnixDay);
}
