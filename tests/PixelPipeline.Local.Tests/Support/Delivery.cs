using System.Text;
using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Http;

namespace PixelPipeline.Local.Tests.Support;

/// <summary>One push as the function receives it.</summary>
internal sealed record Delivery(string Method, string Path, IReadOnlyDictionary<string, string> Headers, string Body)
{
    public JsonNode Json => JsonNode.Parse(Body)!;

    public JsonNode Message => Json["message"]!;

    public string MessageId => Message["messageId"]!.GetValue<string>();

    /// <summary>The log entry's text.</summary>
    public string Entry => Encoding.UTF8.GetString(Convert.FromBase64String(Message["data"]!.GetValue<string>()));

    public string InsertId => JsonNode.Parse(Entry)!["insertId"]!.GetValue<string>();

    public static async Task<Delivery> ReadAsync(HttpRequest request)
    {
        using var reader = new StreamReader(request.Body);
        return new Delivery(
            request.Method,
            request.Path,
            request.Headers.ToDictionary(h => h.Key.ToLowerInvariant(), h => h.Value.ToString()),
            await reader.ReadToEndAsync());
    }
}
