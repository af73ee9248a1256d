using Microsoft.Extensions.Logging;
using PixelPipeline.Local.AccessLog;

namespace PixelPipeline.Local.PubSub;

/// <summary>
/// Removes what holds whole log entries and is past its time: segments that are wholly done with, and dead letters. Looks
/// once an hour.
/// </summary>
internal sealed class RawCopyRetention(SegmentFolder folder, DeadLetterStore deadLetters, TimeSpan retention, TimeProvider time, ILogger log)
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
        RemoveDeadLetters(now);
        RemoveSegments(saved, now);
    }

    private void RemoveDeadLetters(DateTimeOffset now)
    {
        try
        {
            var removed = deadLetters.RemoveGivenUpBefore(now - retention);
            if (removed > 0)
            {
                log.LogInformation("Removed {Count} dead letters: past their retention", removed);
            }
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            log.LogWarning(e, "Dead letters past their retention could not be removed");
        }
    }

    private void RemoveSegments(SubscriptionState saved, DateTimeOffset now)
    {
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
