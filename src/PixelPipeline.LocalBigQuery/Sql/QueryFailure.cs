namespace PixelPipeline.LocalBigQuery.Sql;

/// <summary>
/// Why a statement has no answer, after the reasons of
/// <see href="https://cloud.google.com/bigquery/docs/error-messages">BigQuery's error messages</see>.
/// </summary>
internal enum QueryFailure
{
    /// <summary>The statement or what it computes is at fault: <c>invalidQuery</c>.</summary>
    InvalidQuery,

    /// <summary>A dataset or table that it names does not exist: <c>notFound</c>.</summary>
    NotFound,

    /// <summary>It needs more than one query is given: <c>resourcesExceeded</c>.</summary>
    ResourcesExceeded,
}
