using PixelPipeline.LocalBigQuery.Api;

namespace PixelPipeline.LocalBigQuery.Jobs;

/// <summary>How a job ended.</summary>
/// <param name="Failure">Why it failed; null when it did not.</param>
/// <param name="Errors">All that went wrong, what it failed for first. A job that did not fail may have errors that it got over.</param>
/// <param name="EndedMs">When; milliseconds since 1970.</param>
internal sealed record JobOutcome(ApiException? Failure, IReadOnlyList<ApiException> Errors, long EndedMs)
{
    /// <summary>It failed for one reason.</summary>
    public static JobOutcome Failed(ApiException failure, long endedMs) => new(failure, [failure], endedMs);
}
