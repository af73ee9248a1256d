using SharpCompress.Compressors.Xz;

namespace PixelPipeline.Compression;

/// <summary>
/// All xz streams of a file, one after the other, as the format allows and <c>cat</c> makes them: the library ends with the
/// first, and a part of a log would pass for all of it. Between streams may stand zeros.
/// </summary>
internal sealed class XzStreams(Stream source) : Stream
{
    private readonly Unread _source = new(source);
    private XZStream? _current;

    public override bool CanRead => true;

    public override bool CanSeek => false;

    public override bool CanWrite => false;

    public override long Length => throw new NotSupportedException();

    public override long Position
    {
        get => throw new NotSupportedException();
        set => throw new NotSupportedException();
    }

    public override int Read(byte[] buffer, int offset, int count)
    {
        _current ??= new XZStream(_source);
        int read;
        while ((read = _current.Read(buffer, offset, count)) == 0 && count > 0 && _source.SkipZeros())
        {
            _source.Restart();
            _current = new XZStream(_source);
        }

        return read;
    }

    public override void Flush()
    {
    }

    public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

    public override void SetLength(long value) => throw new NotSupportedException();

    public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();

    protected override void Dispose(bool disposing)
    {
        if (disposing)
        {
            source.Dispose();
        }

        base.Dispose(disposing);
    }

    /// <summary>The compressed bytes, of which one can be looked at; the position is that within the stream that is read.</summary>
    private sealed class Unread(Stream source) : Stream
    {
        private long _position;
        private int _next = -1;

        public override bool CanRead => true;

        public override bool CanSeek => false;

        public override bool CanWrite => false;

        public override long Length => throw new NotSupportedException();

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

        public override int Read(byte[] buffer, int offset, int count)
        {
            int read;
            if (_next > 0 && count > 0)
            {
                (buffer[offset], _next, read) = ((byte)_next, -1, 1);
            }
            else
            {
                read = source.Read(buffer, offset, count);
            }

            _position += read;
            return read;
        }

        public override void Flush()
        {
        }

        public override long Seek(long offset, SeekOrigin origin) => throw new NotSupportedException();

        public override void SetLength(long value) => throw new NotSupportedException();

        public override void Write(byte[] buffer, int offset, int count) => throw new NotSupportedException();
    }
}
