using System.Net;
using Google;
using Polly.Timeout;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>What a failed call calls for.</summary>
internal enum FailureKind
{
    /// <summary>Try again, with a growing pause.</summary>
    Transient,

    /// <summary>The table is not there: it was made a moment ago, or an operator must make it.</summary>
    TableMissing,

    /// <summary>The request is too large: send it in parts.</summary>
    TooLarge,

    /// <summary>A row makes BigQuery refuse the whole request: find it by sending parts.</summary>
    InvalidRequest,

    /// <summary>Trying again is of no use until an operator mends something.</summary>
    Operator,
}

/// <summary>Sorts the client library's exceptions by what they call for.</summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/error-messages"/>
internal static class InsertFailure
{
    private static readonly HashSet<string> RetryableReasons =
        ["quotaExceeded", "rateLimitExceeded", "backendError", "internalError", "timeout", "stopped"];

    /// <summary>What an exception calls for; null for one that no call to BigQuery explains.</summary>
    public static FailureKind? Classify(Exception exception) => exception switch
    {
        GoogleApiException e => Classify(e),
        IncompleteInsertException or HttpRequestException or IOException or TimeoutRejectedException => FailureKind.Transient,
        Google.Apis.Auth.OAuth2.Responses.TokenResponseException => FailureKind.Operator,
        ArgumentNullException { Source: not null } => FailureKind.Transient, // how the client reports an empty answer
        TaskCanceledException => FailureKind.Transient,                      // the HTTP client's own time-out
        _ => null,
    };

    /// <summary>True where a row's error says to send the row again.</summary>
    public static bool IsRetryable(string? reason) => reason is not null && RetryableReasons.Contains(reason);

    private static FailureKind Classify(GoogleApiException exception)
    {
        if (exception.Error?.Errors is { Count: > 0 } errors && IsRetryable(errors[0].Reason))
        {
            return FailureKind.Transient;
        }

        return exception.HttpStatusCode switch
        {
            HttpStatusCode.BadRequest => FailureKind.InvalidRequest,
            HttpStatusCode.Unauthorized or HttpStatusCode.Forbidden => FailureKind.Operator,
            HttpStatusCode.NotFound => FailureKind.TableMissing,
            HttpStatusCode.RequestEntityTooLarge => FailureKind.TooLarge,
            _ => FailureKind.Transient, // 408, 429, every 5xx, and a 200 that is no answer
        };
    }
}
