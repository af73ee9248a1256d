using System.Text;
using System.Text.Json.Nodes;

namespace PixelPipeline.Local.Tests.Support;

/// <summary>Valid things that a test may change where it matters.</summary>
internal static class Some
{
    public static string LogEntry(
        string insertId = "1a2b3c",
        string requestUrl = "http://localhost:8080/pixel.png?user_id=u1",
        string method = "GET",
        string userAgent = "test",
        string resourceType = "http_load_balancer",
        string? parentInsertId = null,
        string timestamp = "2026-11-20T11:12:28.408747Z")
    {
        var payload = new JsonObject();
        if (parentInsertId is not null)
        {
            payload["parentInsertId"] = parentInsertId;
        }

        return new JsonObject
        {
            ["insertId"] = insertId,
            ["timestamp"] = timestamp,
            ["receiveTimestamp"] = "2026-11-20T11:12:29.455851Z",
            ["resource"] = new JsonObject { ["type"] = resourceType },
            ["httpRequest"] = new JsonObject
            {
                ["requestMethod"] = method,
                ["requestUrl"] = requestUrl,
                ["userAgent"] = userAgent,
            },
            ["jsonPayload"] = payload,
        }.ToJsonString();
    }

    /// <summary>A pixel hit of the id <c>not-unicode</c> with a lone surrogate in one place.</summary>
    public static string NotUnicode(string where)
    {
        var entry = LogEntry("not-unicode", userAgent: "AGENT");
        return where switch
        {
            "name" => entry.Replace("\"userAgent\"", "\"\\uDC00\":1,\"userAgent\"", StringComparison.Ordinal)
                .Replace("\"resource\"", "\"\\ud800\":1,\"resource\"", StringComparison.Ordinal),
            "timestamp" => entry.Replace("2026-11-20T11:12:2", "\\ud8002026-11-20T11:12:2", StringComparison.Ordinal),
            _ => entry.Replace("AGENT", "\\ud800", StringComparison.Ordinal),
        };
    }

    /// <summary>The bytes of one line of the access log.</summary>
    public static ReadOnlyMemory<byte> Line(string entry) => Encoding.UTF8.GetBytes(entry + "\n");

    public static IEnumerable<string> InsertIds(string prefix, int count) =>
        Enumerable.Range(0, count).Select(i => $"{prefix}{i}");
}
