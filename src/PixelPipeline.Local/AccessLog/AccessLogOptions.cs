namespace PixelPipeline.Local.AccessLog;

/// <summary>When the access log's segments are closed and brought to the disk.</summary>
internal sealed record AccessLogOptions
{
    /// <summary>A segment is closed before it grows beyond this many bytes: 5 MB unless set otherwise, at most 64 MB.</summary>
    public int MaxSegmentBytes { get; init; } = 5_000_000;

    /// <summary>A segment is closed once it is this old: 5 minutes unless set otherwise.</summary>
    public TimeSpan MaxSegmentAge { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often what was written is brought to the disk itself (fsync): each second unless set otherwise.</summary>
    public TimeSpan FlushInterval { get; init; } = TimeSpan.FromSeconds(1);
}
