namespace PixelPipeline.Collecting;

/// <summary>What is wrong with one field of an event.</summary>
/// <param name="Event">Which event of the body, from 0; null where the body is one event, not an array.</param>
/// <param name="Field">The field's name as the client spelt it; null where it is the whole event.</param>
/// <param name="Message">One sentence on what to mend. Never a value that was sent.</param>
public sealed record FieldError(int? Event, string? Field, string Message)
{
    private const int MaxPointerField = 100;

    /// <summary>Where it is in the body: <c>#/3/temperature</c>. A long name is cut.</summary>
    /// <seealso href="https://www.rfc-editor.org/rfc/rfc6901#section-6"/>
    public string JsonPointer
    {
        get
        {
            var pointer = Event is { } index ? FormattableString.Invariant($"#/{index}") : "#";
            return Field is null ? pointer : $"{pointer}/{Escape(Field)}";
        }
    }

    private static string Escape(string field)
    {
        var name = field.Length <= MaxPointerField ? field : field[..MaxPointerField];
        return Uri.EscapeDataString(name.Replace("~", "~0", StringComparison.Ordinal).Replace("/", "~1", StringComparison.Ordinal));
    }
}
