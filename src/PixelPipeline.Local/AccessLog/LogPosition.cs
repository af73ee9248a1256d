using System.Globalization;

namespace PixelPipeline.Local.AccessLog;

/// <summary>Where a line of the access log begins: its segment and the offset in bytes. The default is before everything.</summary>
internal readonly record struct LogPosition(SegmentId Segment, long Offset) : IComparable<LogPosition>
{
    /// <summary>
    /// The id of the message at this position: digits only, as Pub/Sub's are, and the same at each delivery, over any
    /// number of restarts. A segment stays far below the 8 digits that the offset takes.
    /// </summary>
    public string MessageId => string.Create(CultureInfo.InvariantCulture, $"{Segment.Value}{Offset:D8}");

    public int CompareTo(LogPosition other) => (Segment, Offset).CompareTo((other.Segment, other.Offset));
}
