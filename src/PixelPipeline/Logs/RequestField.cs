using System.Runtime.CompilerServices;

namespace PixelPipeline.Logs;

/// <summary>The quoted request of a line: <c>METHOD URL PROTOCOL</c>.</summary>
internal static class RequestField
{
    /// <summary>Takes a request apart. A hyphen for the method or the URL, or one word alone, is no request: both are then empty.</summary>
    /// <param name="request">Without its quotes.</param>
    /// <param name="method">Such as <c>GET</c>.</param>
    /// <param name="url">As it stands; may hold spaces where the client sent some.</param>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    public static void Split(ReadOnlySpan<byte> request, out ReadOnlySpan<byte> method, out ReadOnlySpan<byte> url)
    {
        method = url = default;
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
        }

        if (!rest.IsEmpty && !rest.SequenceEqual("-"u8))
        {
            method = request[..space];
            url = rest;
        }
    }
}
