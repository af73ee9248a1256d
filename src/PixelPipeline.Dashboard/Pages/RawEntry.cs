using System.Text;
using System.Text.Json;

namespace PixelPipeline.Dashboard.Pages;

/// <summary>A raw log entry as people can read it: strangers wrote it, and nothing of it may steer how the page is read.</summary>
internal static class RawEntry
{
    private const int MostCharacters = 6_000;

    private static readonly JsonSerializerOptions Indented = new() { WriteIndented = true }; // whose encoder leaves ASCII alone as it is

    /// <summary>JSON a field a line, with all beyond ASCII escaped; bytes that are none as text, with what is no letter marked.</summary>
    public static string Of(byte[] entry)
    {
        var text = ReadJson(entry) is { } json ? JsonSerializer.Serialize(json, Indented) : Shown.Cut(Encoding.UTF8.GetString(entry), MostCharacters);
        return text.Length <= MostCharacters ? text : text[..MostCharacters] + "…";
    }

    private static JsonElement? ReadJson(byte[] entry)
    {
        try
        {
            using var json = JsonDocument.Parse(entry);
            _ = JsonSerializer.Serialize(json.RootElement); // half a surrogate pair passes until here
            return json.RootElement.Clone();
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException or ArgumentException)
        {
            return null; // this may be why it was rejected
        }
    }
}
