namespace PixelPipeline.Logs;

/// <summary>Bytes that a line's texts are rewritten into, used anew for each line. Not safe for concurrent use.</summary>
internal sealed class LineBuffer
{
    private byte[] _bytes = new byte[4_096];
    private int _used;

    /// <summary>The next line begins: what was taken before may be overwritten.</summary>
    public void Clear() => _used = 0;

    /// <summary>So many bytes, of any content.</summary>
    public Span<byte> Take(int length)
    {
        if (_bytes.Length - _used < length)
        {
            // Views that were taken before keep the old array.
            _bytes = new byte[Math.Max(length, _bytes.Length * 2)];
            _used = 0;
        }

        var taken = _bytes.AsSpan(_used, length);
        _used += length;
        return taken;
    }
}
