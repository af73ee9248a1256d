using System.Net;
using System.Text.Json;

namespace PixelPipeline.Cli.Urls;

/// <summary>What goes into mails and pages for one event.</summary>
/// <param name="pixel">The pixel's address without a query.</param>
/// <param name="collector">The collector's address, with its key in the query where it asks for one; null for none.</param>
/// <param name="fields">The event's fields, checked.</param>
internal sealed class PixelSnippets(Uri pixel, Uri? collector, IReadOnlyDictionary<string, string> fields)
{
    /// <summary>The parameter that makes each URL another one for caches; no column of that name can be.</summary>
    private const string CacheBuster = "_";

    /// <summary>The event's URL.</summary>
    public string Url => $"{pixel}?{PixelQuery.Of(fields)}";

    /// <summary>A tag for mails: it takes no room, says nothing to a screen reader and is no URL of another mail.</summary>
    /// <param name="unique">Letters and digits that no other mail has.</param>
    public string ImageTag(string unique) =>
        $"""<img src="{WebUtility.HtmlEncode($"{Url}&{CacheBuster}={unique}")}" width="1" height="1" alt="" style="border:0">""";

    /// <summary>For pages: sends the event at once, and further ones by <c>pixel({type: "click"})</c>.</summary>
    public string Script() =>
        $$"""
        <script>
          function pixel(fields) {
            var event = Object.assign({{ToScript(fields)}}, fields);
            var collector = {{ToScript(collector?.AbsoluteUri)}};
            if (collector && navigator.sendBeacon && navigator.sendBeacon(collector, JSON.stringify(event))) {
              return;
            }
            var query = new URLSearchParams(event);
            query.set("{{CacheBuster}}", Date.now().toString(36) + Math.random().toString(36).slice(2));
            new Image().src = {{ToScript(pixel.AbsoluteUri)}} + "?" + query;
          }
          pixel({});
        </script>
        """;

    // The default encoder escapes <, > and &, so that no value can end the script.
    private static string ToScript<T>(T value) => JsonSerializer.Serialize(value);
}
