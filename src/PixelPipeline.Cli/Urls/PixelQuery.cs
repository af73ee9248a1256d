namespace PixelPipeline.Cli.Urls;

/// <summary>The query of a pixel's URL.</summary>
internal static class PixelQuery
{
    /// <summary>The fields, escaped, such as <c>user_id=alice&amp;type=click</c>; without a question mark.</summary>
    public static string Of(IEnumerable<KeyValuePair<string, string>> fields) =>
        string.Join('&', fields.Select(f => $"{Uri.EscapeDataString(f.Key)}={Uri.EscapeDataString(f.Value)}"));
}
