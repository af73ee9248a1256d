using System.Net;
using Google;
using Google.Apis.Auth.OAuth2.Responses;
using Polly.Timeout;

namespace PixelPipeline.GoogleCloud.BigQuery;

/// <summary>Sorts the client library's exceptions by what they call for.</summary>
/// <seealso href="https://cloud.google.com/bigquery/docs/error-messages"/>
internal static class BigQueryFailure
{
    private static readonly HashSet<string> RetryableReasons =
        ["quotaExceeded", "rateLimitExceeded", "backendError", "internalError", "timeout", "stopped"];

    // With these BigQuery says that it does not understand what was sent. Any other 400 is about the table or the project.
    private static readonly HashSet<string> RowReasons = ["invalid", "badRequest", "parseError"];

    /// <summary>What an exception calls for; null for one that no call to BigQuery explains.</summary>
    public static FailureKind? Classify(Exception exception) => exception switch
    {
        GoogleApiException e => Classify(e),
        UnplacedErrorException => FailureKind.InvalidRequest,
        IncompleteInsertException or UnreadableAnswerException => FailureKind.Transient,
        HttpRequestException or IOException or TimeoutRejectedException => FailureKind.Transient,
        TaskCanceledException { InnerException: TimeoutException } => FailureKind.Transient, // the HTTP client's own time-out
        TokenResponseException { StatusCode: { } status } when Passes(status) => FailureKind.Transient,
        TokenResponseException => FailureKind.Operator,
        _ => null,
    };

    /// <summary>True where a row's error says to send the row again.</summary>
    public static bool IsRetryable(string? reason) => reason is not null && RetryableReasons.Contains(reason);

    /// <summary>BigQuery's words in one line of bounded length.</summary>
    public static string MessageOf(Exception exception)
    {
        var text = exception is GoogleApiException { Error.Message: { Length: > 0 } said } ? said : exception.Message;
        return OneLine(text);
    }

    /// <summary>A text in one line of bounded length.</summary>
    public static string OneLine(string text)
    {
        const int maxLength = 1024;
        var line = text.ReplaceLineEndings(" ");
        return line.Length <= maxLength ? line : string.Concat(line.AsSpan(0, maxLength - 1), "…");
    }

    private static FailureKind Classify(GoogleApiException exception)
    {
        var reason = exception.Error?.Errors is { Count: > 0 } errors ? errors[0].Reason : null;
        return IsRetryable(reason) ? FailureKind.Transient : exception.HttpStatusCode switch
        {
            HttpStatusCode.RequestEntityTooLarge => FailureKind.TooLarge,
            HttpStatusCode.NotFound => FailureKind.TableMissing,
            HttpStatusCode.BadRequest when reason is not null && RowReasons.Contains(reason) => FailureKind.InvalidRequest,
            var status when (int)status is >= 400 and < 500 && !Passes(status) => FailureKind.Operator,
            _ => FailureKind.Transient, // also a 200 that is no answer
        };
    }

    private static bool Passes(HttpStatusCode status) =>
        status is HttpStatusCode.RequestTimeout or HttpStatusCode.TooManyRequests || (int)status >= 500;
}
