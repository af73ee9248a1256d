using System.Globalization;
using System.Security.Cryptography;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace PixelPipeline.Local.LoadBalancer;

/// <summary>
/// Writes requests as Cloud Logging publishes those of a load balancer: one LogEntry JSON object each
/// (<see href="https://cloud.google.com/load-balancing/docs/https/https-logging-monitoring"/>).
/// </summary>
/// <param name="projectId">The project that the entries name.</param>
/// <param name="time">Gives <c>receiveTimestamp</c>.</param>
internal sealed class LoadBalancerLogEntry(string projectId, TimeProvider time)
{
    private const string PayloadType = "type.googleapis.com/google.cloud.loadbalancing.type.LoadBalancerLogEntry";

    /// <summary>Writes the entry of a request whose answer is decided: status and headers are set.</summary>
    /// <param name="json">Where the entry goes.</param>
    /// <param name="context">The request and its answer.</param>
    /// <param name="arrival">When the request came in, UTC.</param>
    /// <param name="latency">From then until now.</param>
    public void Write(Utf8JsonWriter json, HttpContext context, DateTimeOffset arrival, TimeSpan latency)
    {
        Span<byte> random = stackalloc byte[36];
        RandomNumberGenerator.Fill(random);
        json.WriteStartObject();
        WriteHex(json, "insertId", random[..12]);
        WriteTime(json, "timestamp", arrival);
        WriteTime(json, "receiveTimestamp", time.GetUtcNow());
        json.WriteString("logName", $"projects/{projectId}/logs/requests");
        json.WriteString("severity", context.Response.StatusCode is >= 400 and < 500 ? "WARNING" : "INFO");
        WriteResource(json);
        WriteHttpRequest(json, context, latency);
        WritePayload(json, context);
        json.WriteString("trace", $"projects/{projectId}/traces/{Convert.ToHexStringLower(random[12..28])}");
        WriteHex(json, "spanId", random[28..]);
        json.WriteEndObject();
    }

    private static void WriteHttpRequest(Utf8JsonWriter json, HttpContext context, TimeSpan latency)
    {
        var request = context.Request;
        var raw = context.Features.GetRequiredFeature<IHttpRequestFeature>();
        json.WriteStartObject("httpRequest");
        json.WriteString("requestMethod", raw.Method);
        json.WriteString("requestUrl", AbsoluteUrl(request, raw.RawTarget));
        WriteNumberText(json, "requestSize", MessageSize.OfRequest(request, raw));
        json.WriteNumber("status", context.Response.StatusCode);
        WriteNumberText(json, "responseSize", MessageSize.OfResponse(context));
        WriteIfPresent(json, "userAgent", request.Headers.UserAgent);
        WriteIfPresent(json, "referer", request.Headers.Referer);
        WriteIfPresent(json, "remoteIp", context.Connection.RemoteIpAddress?.ToString());
        json.WriteString("latency", string.Create(CultureInfo.InvariantCulture, $"{latency.TotalSeconds:0.000000}s"));
        json.WriteString("protocol", raw.Protocol);
        json.WriteEndObject();
    }

    /// <summary>The target exactly as it was sent, never decoded or put in order, behind the host it was sent to.</summary>
    private static string AbsoluteUrl(HttpRequest request, string rawTarget) => rawTarget switch
    {
        ['/', ..] => $"http://{request.Host.Value}{rawTarget}",
        _ when rawTarget.Contains("://", StringComparison.Ordinal) => rawTarget, // absolute form, as a proxy sends it
        _ => $"http://{request.Host.Value}/{rawTarget}", // OPTIONS *
    };

    private void WriteResource(Utf8JsonWriter json)
    {
        json.WriteStartObject("resource");
        json.WriteString("type", "http_load_balancer");
        json.WriteStartObject("labels");
        json.WriteString("project_id", projectId);
        json.WriteString("url_map_name", "pixel-lb");
        json.WriteString("forwarding_rule_name", "pixel-fr");
        json.WriteString("target_proxy_name", "pixel-proxy");
        json.WriteString("backend_service_name", "");
        json.WriteString("zone", "global");
        json.WriteEndObject();
        json.WriteEndObject();
    }

    private static void WritePayload(Utf8JsonWriter json, HttpContext context)
    {
        json.WriteStartObject("jsonPayload");
        json.WriteString("@type", PayloadType);
        json.WriteString("statusDetails", "response_sent_by_backend");
        WriteIfPresent(json, "remoteIp", context.Connection.RemoteIpAddress?.ToString());
        json.WriteEndObject();
    }

    private static void WriteIfPresent(Utf8JsonWriter json, string name, string? value)
    {
        if (!string.IsNullOrEmpty(value))
        {
            json.WriteString(name, value);
        }
    }

    private static void WriteHex(Utf8JsonWriter json, string name, ReadOnlySpan<byte> bytes)
    {
        Span<char> hex = stackalloc char[bytes.Length * 2];
        Convert.TryToHexStringLower(bytes, hex, out _);
        json.WriteString(name, hex);
    }

    private static void WriteTime(Utf8JsonWriter json, string name, DateTimeOffset instant)
    {
        Span<byte> text = stackalloc byte[27];
        instant.UtcDateTime.TryFormat(text, out _, "yyyy-MM-dd'T'HH:mm:ss.ffffff'Z'", CultureInfo.InvariantCulture);
        json.WriteString(name, text);
    }

    private static void WriteNumberText(Utf8JsonWriter json, string name, long number)
    {
        Span<byte> text = stackalloc byte[20];
        number.TryFormat(text, out var length, provider: CultureInfo.InvariantCulture);
        json.WriteString(name, text[..length]);
    }
}
