namespace PixelPipeline.Local.AccessLog;

/// <summary>
/// The access log as a row of segments: appends go to the current one, which is closed by size or age. Closed segments
/// hold whole lines only, never change again and, once they are on the disk, move to the lake. Safe for one writer beside one flusher.
/// </summary>
internal sealed class SegmentSequence : IDisposable
{
    private readonly Lock _lock = new();
    private readonly List<SegmentFile> _closed = []; // until they are on the disk and in the lake, the oldest first
    private readonly AccessLogOptions _options;
    private readonly TimeProvider _time;
    private readonly Func<string, FileStream> _create;
    private SegmentFile? _current;

    private SegmentSequence(
        SegmentFolder folder,
        AccessLogOptions options,
        TimeProvider time,
        Func<string, FileStream> create,
        LogPosition end)
    {
        Folder = folder;
        Tail = new AccessLogTail(end);
        _options = options;
        _time = time;
        _create = create;
    }

    public SegmentFolder Folder { get; }

    public AccessLogTail Tail { get; }

    /// <summary>Opens the log at its end; what the last run did not finish is freed of a half line and brought to the lake.</summary>
    /// <param name="folder">Where the segments are.</param>
    /// <param name="options">When segments are closed.</param>
    /// <param name="time">Names and ages the segments.</param>
    /// <param name="create">Opens the file of a new segment: <see cref="SegmentFile.Create"/>, except on a disk that fails.</param>
    public static SegmentSequence Open(
        SegmentFolder folder, AccessLogOptions options, TimeProvider time, Func<string, FileStream> create)
    {
        foreach (var left in folder.ListUnfinished())
        {
            SegmentFile.CutTornLine(folder.PathOf(left));
            folder.MoveToLake(left);
        }

        LogPosition end = folder.List() is [.., var newest] ? new(newest, folder.LengthOf(newest)) : default;
        return new(folder, options, time, create, end);
    }

    /// <summary>Appends whole lines; once it returns they are in the operating system's hands and readers are told.</summary>
    /// <returns>Where the first of them begins; the others follow it.</returns>
    /// <exception cref="IOException">None of the lines is in the log.</exception>
    public LogPosition Append(ReadOnlySpan<byte> lines)
    {
        lock (_lock)
        {
            if (_current is { Length: > 0 } full && full.Length + lines.Length > _options.MaxSegmentBytes)
            {
                Close(full);
            }

            CloseIfOld();
            _current ??= OpenNext();
            var start = _current.End;
            _current.Append(lines);
            Tail.MoveTo(_current.End);
            return start;
        }
    }

    /// <summary>
    /// Brings what was written to the disk and closed segments to the lake, and closes the current one where it is old
    /// enough. What fails stays to be done by the next call.
    /// </summary>
    /// <exception cref="IOException">The disk is full or broken.</exception>
    /// <exception cref="UnauthorizedAccessException">The lake may not be written.</exception>
    public void FlushToDisk()
    {
        SegmentFile? current;
        SegmentFile[] closed;
        lock (_lock)
        {
            CloseIfOld();
            current = _current;
            closed = [.. _closed];
        }

        // Outside the lock: appends go on while the disk works.
        current?.FlushToDisk();
        foreach (var segment in closed)
        {
            segment.FlushToDisk();
            Folder.MoveToLake(segment.Id);
            Forget(segment);
        }
    }

    /// <summary>
    /// Closes the current segment too, so that all of the log can be brought to the lake. What a failed write left
    /// behind and cannot be cut off now is cut off when the log is opened again.
    /// </summary>
    /// <exception cref="IOException">A half line cannot be cut off.</exception>
    public void CloseCurrent()
    {
        lock (_lock)
        {
            if (_current is { } current)
            {
                Close(current);
            }
        }
    }

    /// <summary>Closes the files.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            _closed.ForEach(segment => segment.Dispose());
            _current?.Dispose();
        }
    }

    private void Forget(SegmentFile segment)
    {
        lock (_lock)
        {
            _closed.Remove(segment);
        }

        segment.Dispose();
    }

    private void CloseIfOld()
    {
        if (_current is { Length: > 0 } current && _time.GetUtcNow() - current.Id.OpenedAt >= _options.MaxSegmentAge)
        {
            Close(current);
        }
    }

    private void Close(SegmentFile segment)
    {
        segment.Mend();
        _closed.Add(segment);
        _current = null;
    }

    private SegmentFile OpenNext()
    {
        var id = SegmentId.Next(Tail.End.Segment, _time.GetUtcNow());
        Tail.MoveTo(new(id, 0)); // before the file exists: see AccessLogTail
        return new(id, _create(Folder.PathOf(id)));
    }
}
