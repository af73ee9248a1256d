using Microsoft.Extensions.Logging;
using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub;

/// <summary>Removes segments that are wholly done with and past their time. Looks once an hour.</summary>
internal sealed class SegmentRetention(SegmentFolder folder, TimeSpan retention, TimeProvider time, ILogger log)
{
    private static readonly TimeSpan Interval = TimeSpan.FromHours(1);

    private DateTimeOffset _next = DateTimeOffset.MinValue;

    /// <summary>Removes what is due.</summary>
    /// <param name="saved">The state that is on the disk: what a later run would go on from must still be there.</param>
    public void RemoveExpired(SubscriptionState saved)
    {
        var now = time.GetUtcNow();
        if (now < _next)
        {
            return;
        }

        _next = now + Interval;
        var oldestNeeded = saved.OldestSegment;
        foreach (var segment in folder.List())
        {
            if (segment.CompareTo(oldestNeeded) >= 0 || now - segment.OpenedAt < retention)
            {
                return;
            }

            Remove(segment);
        }
    }

    private void Remove(SegmentId segment)
    {
        try
        {
            folder.Delete(segment);
            log.LogInformation("Removed segment {Segment}: delivered, and past its retention", segment.Name);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(e, "Segment {Segment} could not be removed", segment.Name);
        }
    }
}
