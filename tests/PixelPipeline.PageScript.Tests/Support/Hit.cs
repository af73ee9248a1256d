using Microsoft.AspNetCore.Http;

namespace PixelPipeline.PageScript.Tests.Support;

/// <summary>A request that came to the pixel.</summary>
/// <param name="Path">What was asked for.</param>
/// <param name="Fields">Its query, decoded.</param>
/// <param name="Headers">What the browser sent with it.</param>
internal sealed record Hit(string Path, IReadOnlyDictionary<string, string> Fields, IReadOnlyDictionary<string, string> Headers)
{
    public string? this[string field] => Fields.GetValueOrDefault(field);

    public static Hit Of(HttpRequest request) => new(
        request.Path,
        request.Query.ToDictionary(q => q.Key, q => q.Value.ToString()),
        request.Headers.ToDictionary(h => h.Key, h => h.Value.ToString(), StringComparer.OrdinalIgnoreCase));
}
