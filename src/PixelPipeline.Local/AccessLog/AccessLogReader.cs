using System.Runtime.CompilerServices;

namespace PixelPipeline.Local.AccessLog;

/// <summary>Reads the access log's lines in order, and waits at its end for more.</summary>
internal sealed class AccessLogReader(SegmentFolder folder, AccessLogTail tail)
{
    /// <summary>
    /// Every line from a position on, without end. A segment that is gone is passed over. A line is handed out only
    /// once it was written whole.
    /// </summary>
    public async IAsyncEnumerable<LogLine> FollowAsync(
        LogPosition from, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var next = from;
        SegmentCursor? cursor = null;
        try
        {
            while (true)
            {
                // Taken before the segment is looked at: whatever is written later moves the end again.
                var end = tail.End;
                var isCurrent = next.Segment == end.Segment;
                var limit = isCurrent ? end.Offset : long.MaxValue;
                cursor ??= next.Offset < limit ? Open(next) : null;
                if (cursor is not null && cursor.TryRead(limit, out var line))
                {
                    yield return line;
                    next = line.End;
                }
                else if (!isCurrent && folder.NextAfter(next.Segment) is { } segment)
                {
                    cursor?.Dispose();
                    cursor = null;
                    next = new(segment, 0);
                }
                else
                {
                    await tail.WaitForMoveAsync(end, cancellationToken);
                }
            }
        }
        finally
        {
            cursor?.Dispose();
        }
    }

    /// <summary>The line at a position that was read before, or null where its segment is gone.</summary>
    public byte[]? ReadLine(LogPosition position)
    {
        using var cursor = Open(position);
        return cursor is not null && cursor.TryRead(long.MaxValue, out var line) ? line.Bytes.ToArray() : null;
    }

    /// <summary>How many bytes there are from a position to the end.</summary>
    public long BytesAfter(LogPosition position)
    {
        var end = tail.End;
        if (position.Segment == end.Segment)
        {
            return Math.Max(0, end.Offset - position.Offset);
        }

        return folder.ListFrom(position.Segment)
            .Where(id => id.CompareTo(position.Segment) >= 0 && id.CompareTo(end.Segment) < 0)
            .Sum(id => folder.LengthOf(id) - (id == position.Segment ? position.Offset : 0)) + end.Offset;
    }

    private SegmentCursor? Open(LogPosition position) =>
        folder.OpenRead(position.Segment) is { } file ? new(position.Segment, file, position.Offset) : null;
}
