using System.Runtime.CompilerServices;

namespace PixelPipeline.Logs;

/// <summary>The fields of a line between separators.</summary>
internal static class LineFields
{
    /// <summary>Cuts the next field off: all up to the separator, which goes as well, or all there is.</summary>
    [MethodImpl(MethodImplOptions.AggressiveOptimization)] // see ChunkCounter
    public static ReadOnlySpan<byte> Cut(scoped ref ReadOnlySpan<byte> rest, byte separator)
    {
        var end = rest.IndexOf(separator);
        var field = end < 0 ? rest : rest[..end];
        rest = end < 0 ? default : rest[(end + 1)..];
        return field;
    }

    /// <summary>Finds the fields of a line, as many as there is room for.</summary>
    /// <returns>How many were found.</returns>
    public static int Split(ReadOnlySpan<byte> line, byte separator, Span<Range> fields)
    {
        var count = 0;
        for (var start = 0; count < fields.Length; count++)
        {
            var length = line[start..].IndexOf(separator);
            fields[count] = length < 0 ? start..line.Length : start..(start + length);
            if (length < 0)
            {
                return count + 1;
            }

            start += length + 1;
        }

        return count;
    }
}
