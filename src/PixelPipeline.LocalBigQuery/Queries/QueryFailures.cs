using PixelPipeline.LocalBigQuery.Api;
using PixelPipeline.LocalBigQuery.Sql;

namespace PixelPipeline.LocalBigQuery.Queries;

/// <summary>How a failed query is answered (https://cloud.google.com/bigquery/docs/error-messages).</summary>
internal static class QueryFailures
{
    /// <summary>400 <c>invalidQuery</c>, 404 <c>notFound</c> or 400 <c>resourcesExceeded</c>, with the engine's message.</summary>
    public static ApiException Of(GoogleSqlException failure) => failure.Failure switch
    {
        QueryFailure.NotFound => new ApiException(404, "notFound", failure.Message),
        QueryFailure.ResourcesExceeded => new ApiException(400, "resourcesExceeded", failure.Message, "query"),
        _ => new ApiException(400, "invalidQuery", failure.Message, "query"),
    };

    /// <summary>The client cancelled it, or its time was up.</summary>
    public static ApiException Stopped(TimeSpan timeout) =>
        new(400, "stopped", FormattableString.Invariant($"Job execution was cancelled: User requested cancellation, or it ran longer than {timeout.TotalSeconds:0.#} s"));
}
