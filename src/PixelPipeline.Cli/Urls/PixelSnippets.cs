using System.Net;
using System.Text;
using PixelPipeline.Local;

namespace PixelPipeline.Cli.Urls;

/// <summary>What goes into pages and mails for one event.</summary>
/// <param name="pixel">The pixel's address without a query.</param>
/// <param name="fields">The event's fields, checked.</param>
internal sealed class PixelSnippets(Uri pixel, IReadOnlyDictionary<string, string> fields)
{
    /// <summary>Who a visitor is of whom nothing is known.</summary>
    public const string Anonymous = "anonymous";

    /// <summary>The type of what the page script sends by itself.</summary>
    public const string View = "view";

    /// <summary>The parameter that makes each URL another one for caches; no column of that name can be.</summary>
    private const string CacheBuster = "_";

    private const string PixelEnding = ".png";
    private const string ScriptEnding = ".js";

    // It takes no room and says nothing to a screen reader.
    private const string Unseen = """width="1" height="1" alt="" style="border:0" """;

    /// <summary>The event's URL.</summary>
    public string Url => $"{pixel}?{PixelQuery.Of(fields)}";

    /// <summary>
    /// For pages without script: the whole page's URL comes as the referer where the browser allows it across sites.
    /// </summary>
    public string PageImage() => $"""<img src="{Encoded(Url)}" {Unseen}referrerpolicy="no-referrer-when-downgrade">""";

    /// <summary>A tag for a tool's mails, its merge fields left as they are.</summary>
    /// <param name="tool">The tool.</param>
    /// <param name="unique">Letters and digits that no other mail has.</param>
    public string MailImage(MailTool tool, string unique)
    {
        var withBuster = fields.Append(new(CacheBuster, tool.Message ?? unique));
        return $"""<img src="{Encoded(pixel.AbsoluteUri)}?{PixelQuery.Of(withBuster, tool.Escape, "&amp;")}" {Unseen.TrimEnd()}>""";
    }

    /// <summary>For pages: loads the page script, which sends a view at once, and an image where scripts are off.</summary>
    /// <param name="collector">Where the script posts what no other way lets through, with its key in the query where it asks for one; null for nowhere.</param>
    /// <param name="withIntegrity">Whether browsers run no other script than this version's.</param>
    public string Script(Uri? collector, bool withIntegrity)
    {
        var tag = new StringBuilder("<script async");
        Add(tag, "src", Path.ChangeExtension(pixel.AbsoluteUri, ScriptEnding));
        Add(tag, "data-to", pixel.AbsolutePath.EndsWith(PixelEnding, StringComparison.Ordinal) ? null : pixel.AbsoluteUri);
        Add(tag, "data-user", fields.GetValueOrDefault("user_id") is var user && user == Anonymous ? null : user);
        Add(tag, "data-pixel", fields.GetValueOrDefault("type") is var type && type == View ? null : type);
        foreach (var (name, value) in fields.Where(f => f.Key is not ("user_id" or "type")))
        {
            Add(tag, $"data-pixel-{name}", value);
        }

        Add(tag, "data-collect", collector?.AbsoluteUri);
        Add(tag, "integrity", withIntegrity ? PageScript.Integrity : null);
        Add(tag, "crossorigin", withIntegrity ? Anonymous : null);
        return $"{tag}></script>\n<noscript>{PageImage()}</noscript>";
    }

    private static void Add(StringBuilder tag, string name, string? value)
    {
        if (value is not null)
        {
            tag.Append($" {name}=\"{Encoded(value)}\"");
        }
    }

    private static string Encoded(string text) => WebUtility.HtmlEncode(text);
}
