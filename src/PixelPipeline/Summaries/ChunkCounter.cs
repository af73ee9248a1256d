using System.Runtime.CompilerServices;
using PixelPipeline.Logs;
using PixelPipeline.Logs.Files;
using PixelPipeline.Logs.Formats;

namespace PixelPipeline.Summaries;

/// <summary>Counts the hits of one chunk after the other. Not safe for concurrent use: each worker has its own.</summary>
internal sealed class ChunkCounter
{
    private readonly LogLineReader _reader = new();
    private readonly SummaryKey _key;

    public ChunkCounter(IReadOnlyList<string> keys) => _key = new SummaryKey(keys);

    public HitCounts Counts { get; } = new();

    public long Hits { get; private set; }

    public long NoRequests { get; private set; }

    /// <summary>Lines of all chunks, without those that are there to be passed over.</summary>
    public long Lines { get; private set; }

    /// <summary>All lines of the last chunk.</summary>
    public int ChunkLines { get; private set; }

    /// <summary>The lines of the last chunk that could not be read.</summary>
    public List<(int Line, BadLineReason Reason)> ChunkBadLines { get; } = [];

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // a run may be over before the runtime finds out that this is hot
    public void Count(LineChunk chunk)
    {
        _reader.Header = chunk.Header;
        _reader.TimeZone = chunk.TimeZone;
        ChunkBadLines.Clear();
        ChunkLines = 0;
        if (chunk.IsTooLongLine)
        {
            AddBad(BadLineReason.TooLong);
            return;
        }

        for (var rest = chunk.Lines; !rest.IsEmpty;)
        {
            var line = LineFields.Cut(ref rest, (byte)'\n');
            Count(!line.IsEmpty && line[^1] == '\r' ? line[..^1] : line, chunk.Format);
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)]
    private void Count(ReadOnlySpan<byte> line, LogFormat? format)
    {
        if (_reader.IsSkipped(line, format))
        {
            ChunkLines++;
            return;
        }

        AccessLogLine request = default;
        var reason = line.Length > LineChunkReader.MaxLineBytes ? BadLineReason.TooLong : _reader.Read(line, format, out request);
        if (reason is not null)
        {
            AddBad(reason.Value);
            return;
        }

        ChunkLines++;
        Lines++;
        if (request.Url.IsEmpty || request.IsUrlCut)
        {
            NoRequests++;
            return;
        }

        Hits++;
        LoggedUrl.Split(request.Url, out var path, out var query);
        Counts.Add(request.Timestamp.UnixDay, _key.Of(path, query));
    }

    private void AddBad(BadLineReason reason)
    {
        ChunkLines++;
        Lines++;
        ChunkBadLines.Add((ChunkLines, reason));
    }
}
