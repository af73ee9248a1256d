namespace PixelPipeline.Cli.Urls;

/// <summary>The query of a pixel's URL.</summary>
internal static class PixelQuery
{
    /// <summary>The fields, escaped, such as <c>user_id=alice&amp;type=click</c>; without a question mark.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> fields) => Of(fields, Uri.EscapeDataString, "&");

    /// <summary>The fields in another spelling of values, or with another text between them.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> fields, Func<string, string> escape, string between) =>
        string.Join(between, fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={escape(f.Value)}"));
}
