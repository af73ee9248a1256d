namespace PixelPipeline.LocalBigQuery.Sql.Functions;

/// <summary>The <see href="https://cloud.google.com/bigquery/docs/reference/standard-sql/net_functions">functions of URLs</see>.</summary>
internal static class NetFunctions
{
    public static void AddTo(FunctionTable table) => table.Add("NET.HOST", (string url) => Host(url));

    // What stands behind "//", without user and port, cleaned of spaces; NULL where nothing does.
    private static string? Host(string url)
    {
        var text = url.Trim();
        var scheme = text.IndexOf(':', StringComparison.Ordinal);
        var slashes = text.StartsWith("//", StringComparison.Ordinal) ? 0
            : scheme > 0 && text.AsSpan(scheme + 1).StartsWith("//") && IsScheme(text.AsSpan(0, scheme)) ? scheme + 1
            : -1;
        var rest = slashes >= 0 ? text[(slashes + 2)..] : text;
        var end = rest.IndexOfAny(['/', '?', '#']);
        var authority = end < 0 ? rest : rest[..end];
        authority = authority[(authority.LastIndexOf('@') + 1)..];
        var port = authority.EndsWith(']') ? -1 : authority.LastIndexOf(':');
        var host = (port < 0 ? authority : authority[..port]).Trim();
        return slashes < 0 && scheme > 0 && IsScheme(text.AsSpan(0, scheme)) && !host.Contains('.', StringComparison.Ordinal) ? null : host.Length == 0 ? null : host;
    }

    private static bool IsScheme(ReadOnlySpan<char> text)
    {
        foreach (var c in text)
        {
            if (!char.IsAsciiLetterOrDigit(c) && c is not ('+' or '-' or '.'))
            {
                return false;
            }
        }

        return char.IsAsciiLetter(text[0]);
    }
}
