using System.Net;
using Google;
using Google.Apis.Auth.OAuth2.Responses;
using PixelPipeline.Dashboard.Hosting;

namespace PixelPipeline.Dashboard.Snapshots;

/// <summary>What is wrong, for whoever looks at the page: a sentence or two, never a stack trace.</summary>
internal static class PlainWords
{
    private const int MaxLength = 400; // BigQuery's own messages may quote a whole query

    /// <summary>Says what kept a reading from being made, and what mends it.</summary>
    public static string Of(Exception exception, DashboardOptions options) => exception switch
    {
        HttpRequestException => options.IsGoogles
            ? "Google's BigQuery cannot be reached. Is this machine online?"
            : $"BigQuery at {options.Source} does not answer. Is `./pixel up` running? Name another one with --bigquery HOST:PORT.",
        TimeoutException => FormattableString.Invariant($"BigQuery did not answer within {options.Patience.TotalSeconds:0} s."),
        TokenResponseException => "Google does not take the credentials: run gcloud auth application-default login.",
        GoogleApiException { HttpStatusCode: HttpStatusCode.Unauthorized } => "Google does not take the credentials: run gcloud auth application-default login.",
        GoogleApiException { HttpStatusCode: HttpStatusCode.Forbidden } e => $"BigQuery refuses access: {Told(e)}",
        GoogleApiException e => $"BigQuery says: {Told(e)}",
        PipelineHostException e => Shown.Cut(e.Message, MaxLength),
        _ => "The reading failed by a fault of this program; its terminal says more.",
    };

    /// <summary>Whether <see cref="Of"/> has words for it; what it has not is a fault of this program, for the log.</summary>
    public static bool Knows(Exception exception) =>
        exception is HttpRequestException or TimeoutException or TokenResponseException or GoogleApiException or PipelineHostException;

    private static string Told(GoogleApiException e)
    {
        var text = e.Error?.Message is { Length: > 0 } message ? message : FormattableString.Invariant($"status {(int)e.HttpStatusCode}, without a word.");
        return Shown.Cut(text, MaxLength);
    }
}
