using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.HitTrails;

/// <summary>An entry that was found in the access log.</summary>
public sealed class LoggedEntry
{
    internal LoggedEntry(LogPosition position) => Position = position;

    /// <summary>The segment that it stands in: <c>20261121T015025123Z.jsonl</c>.</summary>
    public string Segment => Position.Segment.FileName;

    /// <summary>The id of its message, digits.</summary>
    public string MessageId => Position.MessageId;

    internal LogPosition Position { get; }
}
