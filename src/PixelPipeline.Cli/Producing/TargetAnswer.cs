using System.Net;
using System.Net.Sockets;
using System.Text.Json;
using PixelPipeline.Cli.Urls;
using Polly.Timeout;

namespace PixelPipeline.Cli.Producing;

/// <summary>What a target says of events.</summary>
/// <param name="Status">The status code.</param>
/// <param name="Reason">What a collector says is wrong, by the first of its errors; null where it says nothing.</param>
internal readonly record struct TargetAnswer(HttpStatusCode Status, string? Reason)
{
    private const int MaxProblemBytes = 65_536;
    private const int MaxReason = 200; // characters

    /// <summary>True where the events are taken.</summary>
    public bool IsTaken => (int)Status is >= 200 and < 300;

    /// <summary>True where asking again may help.</summary>
    public bool IsTransient => (int)Status is 408 or 429 or >= 500;

    /// <summary>Reads an answer; its body only where it refuses the events by a problem document.</summary>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc9457"/>
    public static async Task<TargetAnswer> ReadAsync(HttpResponseMessage answer, CancellationToken cancellationToken)
    {
        var isProblem = answer.Content.Headers is { ContentType.MediaType: "application/problem+json", ContentLength: null or <= MaxProblemBytes };
        return new(answer.StatusCode, isProblem ? ReasonIn(await answer.Content.ReadAsByteArrayAsync(cancellationToken)) : null);
    }

    /// <summary>An answer for people: <c>answer 400 from http://localhost:8080/collect: #/user_id is required.</c></summary>
    public string ToText(Uri address) =>
        FormattableString.Invariant($"answer {(int)Status} from {HttpUrl.ToText(address)}{(Reason is null ? "" : ": " + Reason)}");

    /// <summary>That none came, for people.</summary>
    public static string Missing(Uri address, Exception failure)
    {
        var isRefused = failure is HttpRequestException { InnerException: SocketException { SocketErrorCode: SocketError.ConnectionRefused } };
        var hint = isRefused && address.IsLoopback ? " Is `pixel up` running?" : "";
        return $"no answer from {HttpUrl.ToText(address)}: {(failure is TimeoutRejectedException ? "it takes longer than --timeout" : failure.Message)}.{hint}";
    }

    private static string? ReasonIn(byte[] problem)
    {
        try
        {
            using var json = JsonDocument.Parse(problem);
            var root = json.RootElement;
            var reason = root.TryGetProperty("errors", out var errors) && errors.GetArrayLength() > 0
                ? $"{errors[0].GetProperty("pointer").GetString()} {errors[0].GetProperty("detail").GetString()}"
                : root.GetProperty("title").GetString();
            return reason is { Length: > MaxReason } ? reason[..MaxReason] : reason;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or KeyNotFoundException)
        {
            return null; // another server's idea of a problem document
        }
    }
}
