using SharpCompress.Compressors.Xz;
using ReadOnlyStream = PixelPipeline.Logs.Files.ReadOnlyStream;

namespace PixelPipeline.Compression;

/// <summary>
/// All xz streams of a file, one after the other, as the format allows and <c>cat</c> makes them: the library ends with the
/// first, and a part of a log would pass for all of it. Between streams may stand zeros.
/// </summary>
internal sealed class XzStreams(Stream source) : ReadOnlyStream
{
    private readonly Unread _source = new(source);
    private XZStream? _current;

    public override int Read(Span<byte> buffer)
    {
        _current ??= new XZStream(_source);
        int read;
        while ((read = _current.Read(buffer)) == 0 && buffer.Length > 0 && _source.SkipZeros())
        {
            _source.Restart();
            _current = new XZStream(_source);
        }

        return read;
    }

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The compressed bytes, of which one can be looked at; the position is that within the stream that is read.</summary>
    private sealed class Unread(Stream source) : ReadOnlyStream
    {
        private long _position;
        private int _next = -1;

        public override long Position
        {
            get => _position;
            set => throw new NotSupportedException();
        }

        /// <summary>Passes over zeros; false at the end.</summary>
        public bool SkipZeros()
        {
            do
            {
                _next = source.ReadByte();
            }
            while (_next == 0);
            return _next > 0;
        }

        public void Restart() => _position = 0;

        public override int Read(Span<byte> buffer)
        {
            int read;
            if (_next > 0 && buffer.Length > 0)
            {
                (buffer[0], _next, read) = ((byte)_next, -1, 1);
            }
            else
            {
                read = source.Read(buffer);
            }

            _position += read;
            return read;
        }
    }
}
