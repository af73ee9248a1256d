using System.Runtime.CompilerServices;

namespace PixelPipeline.Logs;

/// <summary>The quoted request of a line: <c>METHOD URL PROTOCOL</c>.</summary>
internal static class RequestField
{
    /// <summary>
    /// Takes a request apart. A hyphen for the method or the URL, one word alone, or what <see cref="IsRequestUrl"/> is not
    /// true of, is no request: both are then empty.
    /// </summary>
    /// <param name="request">Without its quotes.</param>
    /// <param name="method">Such as <c>GET</c>.</param>
    /// <param name="url">As it stands; may hold spaces where the client sent some.</param>
    /// <param name="hasProtocol">False where nothing tells that the URL is whole.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    public static void Split(ReadOnlySpan<byte> request, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> url, out bool hasProtocol)
    {
        method = url = default;
        hasProtocol = false;
        var space = request.IndexOf((byte)' ');
        if (space < 1 || (space == 1 && request[0] == '-'))
        {
            return;
        }

        var rest = request[(space + 1)..];
        var last = rest.LastIndexOf((byte)' ');
        if (last >= 0 && (last == rest.Length - 1 || rest[(last + 1)..].StartsWith("HTTP/"u8)))
        {
            rest = rest[..last];
            hasProtocol = true;
        }

        if (IsRequestUrl(rest))
        {
            method = request[..space];
            url = rest;
        }
    }

    /// <summary>
    /// False for nothing, a hyphen, what Squid writes for a request that it could not read (<c>error:invalid-request</c>),
    /// and a URL with a number sign: no client sends a fragment, and servers refuse it.
    /// </summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    public static bool IsRequestUrl(ReadOnlySpan<byte> url) =>
        !url.IsEmpty && !(url.Length == 1 && url[0] == '-') && !url.Contains((byte)'#') && !(url[0] == 'e' && url.StartsWith("error:"u8));

    /// <summary>
    /// True for the statuses with which servers answer a request line that they did not read to its end. A request line
    /// without protocol and with another status is HTTP/0.9's, and whole.
    /// </summary>
    public static bool IsCutBy(ReadOnlySpan<byte> status) =>
        status.SequenceEqual("414"u8) || status.SequenceEqual("400"u8) || status.SequenceEqual("408"u8) || status.SequenceEqual("431"u8);

    /// <summary>A path and its query as one URL.</summary>
    /// <param name="path">As it stands.</param>
    /// <param name="query">Without question mark; empty for none.</param>
    /// <param name="buffer">Takes the URL.</param>
    public static ReadOnlySpan<byte> Join(ReadOnlySpan<byte> path, ReadOnlySpan<byte> query, LineBuffer buffer)
    {
        if (query.IsEmpty || path.Contains((byte)'?'))
        {
            return path;
        }

        var url = buffer.Take(path.Length + 1 + query.Length);
        path.CopyTo(url);
        url[path.Length] = (byte)'?';
        query.CopyTo(url[(path.Length + 1)..]);
        return url;
    }
}
