using System.Text.Json;

namespace PixelPipeline.Collecting;

/// <summary>One value of an event that a client posted: a JSON text, number, boolean or null, or one that no column takes.</summary>
/// <param name="Kind">What it is in JSON; an object or array has no <paramref name="Text"/>.</param>
/// <param name="Text">A string without quotes and escapes, a number or boolean as its JSON text.</param>
/// <param name="Origin">The field's name as the client spelt it, whatever a transformation made of it.</param>
internal readonly record struct FieldValue(JsonValueKind Kind, string Text, string Origin)
{
    /// <summary>Null, or a text without characters: the event has no such value.</summary>
    public bool IsNothing => Kind == JsonValueKind.Null || (Kind == JsonValueKind.String && Text.Length == 0);

    /// <summary>False for an object or array.</summary>
    public bool IsScalar => Kind is JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False;

    /// <summary>A value that was not sent but made here.</summary>
    public static FieldValue Made(string text, string origin) => new(JsonValueKind.String, text, origin);
}
