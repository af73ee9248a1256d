using System.Text.Json;
using System.Text.Json.Nodes;

namespace PixelPipeline.LocalBigQuery.Api;

/// <summary>Takes values out of JSON that a client sent.</summary>
internal static class RequestJson
{
    /// <summary>The property's text; null when it is absent or null.</summary>
    /// <exception cref="ApiException">It is something else than text.</exception>
    public static string? Of(JsonObject owner, string property) => owner[property] switch
    {
        null => null,
        JsonValue value when value.GetValueKind() == JsonValueKind.String => value.GetValue<string>(),
        _ => throw ApiException.Invalid($"The value of {property} has to be a string.", property),
    };

    /// <summary>The text of a JSON string; false for other values and for text that is not Unicode (a lone surrogate).</summary>
    public static bool TryRead(JsonElement value, out string text)
    {
        text = "";
        if (value.ValueKind != JsonValueKind.String)
        {
            return false;
        }

        try
        {
            text = value.GetString()!;
            return true;
        }
        catch (InvalidOperationException)
        {
            return false; // JsonElement has no other way to tell that an escape or a byte is not Unicode
        }
    }

    /// <summary>A whole number, which clients send as a number or as text; null when it is absent.</summary>
    /// <exception cref="ApiException">400: it is something else.</exception>
    public static long? Number(JsonNode? node) => node switch
    {
        null => null,
        JsonValue value when long.TryParse(value.ToString(), out var number) => number,
        _ => throw ApiException.Invalid("A number is expected here.", node.GetPath()),
    };

    /// <summary>Whether a property is true.</summary>
    public static bool Flag(JsonObject owner, string name) => owner[name]?.GetValueKind() == JsonValueKind.True;

    /// <summary>A text of the client's, short enough for a message.</summary>
    public static string Short(string text) => text.Length <= 100 ? text : string.Concat(text.AsSpan(0, 100), "…");
}
