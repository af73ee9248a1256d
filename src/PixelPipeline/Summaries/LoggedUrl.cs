using System.Runtime.CompilerServices;
using System.Text;

namespace PixelPipeline.Summaries;

/// <summary>Takes a logged URL apart, absolute or from its path on.</summary>
internal static class LoggedUrl
{
    /// <summary>Finds path and query, as they stand and without any fragment.</summary>
    /// <param name="url">Not empty. What is neither absolute nor begins with a slash is a path as it stands.</param>
    /// <param name="path">A slash where an absolute URL ends with its host.</param>
    /// <param name="query">Without question mark; empty where there is none.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    public static void Split(ReadOnlySpan<byte> url, out ReadOnlySpan<byte> path, out ReadOnlySpan<byte> query)
    {
        if (url[0] != '/' && LengthOfScheme(url) is var scheme and > 0)
        {
            url = url[scheme..];
            var host = url.IndexOfAny((byte)'/', (byte)'?', (byte)'#');
            url = host < 0 ? default : url[host..];
        }

        var end = url.IndexOfAny((byte)'?', (byte)'#');
        path = end < 0 ? url : url[..end];
        path = path.IsEmpty ? "/"u8 : path;
        query = end < 0 || url[end] == '#' ? default : url[(end + 1)..];
        if (query.IndexOf((byte)'#') is var fragment and >= 0)
        {
            query = query[..fragment];
        }
    }

    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    private static int LengthOfScheme(ReadOnlySpan<byte> url) => url switch
    {
        _ when url.StartsWith("http://"u8) => 7,
        _ when url.StartsWith("https://"u8) => 8,
        _ when url.Length > 7 && Ascii.EqualsIgnoreCase(url[..7], "http://"u8) => 7,
        _ when url.Length > 8 && Ascii.EqualsIgnoreCase(url[..8], "https://"u8) => 8,
        _ => 0,
    };
}
