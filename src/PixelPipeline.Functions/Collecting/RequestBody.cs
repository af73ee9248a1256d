using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace PixelPipeline.Functions.Collecting;

/// <summary>Reads a bounded body.</summary>
internal static class RequestBody
{
    /// <summary>262,144 bytes: what a log entry may have, and four times what a beacon may.</summary>
    public const int MaxBytes = 256 * 1024;

    /// <summary>Whether the body is said to be JSON: <c>application/json</c>, or the <c>text/plain</c> of <c>navigator.sendBeacon</c>; not compressed.</summary>
    public static bool IsJson(HttpRequest request) =>
        request.Headers.ContentEncoding.Count == 0
        && MediaTypeHeaderValue.TryParse(request.ContentType, out var type)
        && (type.MediaType.Equals("application/json", StringComparison.OrdinalIgnoreCase) || type.MediaType.Equals("text/plain", StringComparison.OrdinalIgnoreCase))
        && (!type.Charset.HasValue || type.Charset.Equals("utf-8", StringComparison.OrdinalIgnoreCase));

    /// <summary>The whole body, or null where it is over <see cref="MaxBytes"/>.</summary>
    /// <exception cref="BadHttpRequestException">It does not come as it was announced.</exception>
    public static async Task<ReadOnlyMemory<byte>?> ReadAsync(HttpRequest request, CancellationToken cancellationToken)
    {
        if (request.ContentLength > MaxBytes)
        {
            return null;
        }

        var buffer = new byte[request.ContentLength ?? 4096];
        var length = 0;
        while (true)
        {
            if (length == buffer.Length)
            {
                Array.Resize(ref buffer, Math.Min(MaxBytes + 1, Math.Max(4096, buffer.Length * 2)));
            }

            var read = await request.Body.ReadAsync(buffer.AsMemory(length), cancellationToken);
            length += read;
            if (length > MaxBytes)
            {
                return null;
            }

            if (read == 0)
            {
                return buffer.AsMemory(0, length);
            }
        }
    }
}
