namespace PixelPipeline.Importing;

/// <summary>Remembers which chunks are taken in, and up to where that is true without a gap. Safe for concurrent use.</summary>
internal sealed class CompletedChunks
{
    private readonly Lock _lock = new();
    private readonly Dictionary<long, ImportPosition> _ahead = [];
    private readonly ImportPosition _start;
    private long _next;
    private ImportPosition _position;
    private int _lastFile = int.MaxValue;

    /// <summary>Nothing is taken in but what comes before the start.</summary>
    public CompletedChunks(ImportPosition start) => _position = _start = start;

    /// <summary>Every line before it is taken in.</summary>
    public ImportPosition Position
    {
        get
        {
            lock (_lock)
            {
                return _position;
            }
        }
    }

    /// <summary>A chunk is taken in.</summary>
    /// <param name="sequence">Its place, from 0 on.</param>
    /// <param name="end">Where it ends.</param>
    public void Add(long sequence, ImportPosition end)
    {
        lock (_lock)
        {
            _ahead.Add(sequence, end);
            while (_ahead.Remove(_next, out var position))
            {
                MoveTo(position);
                _next++;
            }
        }
    }

    /// <summary>A file could not be read to its end: what is taken in of later ones is not without a gap.</summary>
    /// <param name="fileIndex">The file, of which no later chunk comes.</param>
    public void EndAt(int fileIndex)
    {
        lock (_lock)
        {
            _lastFile = Math.Min(_lastFile, fileIndex);
        }
    }

    private void MoveTo(ImportPosition position)
    {
        // Of a file that was begun before, the first chunks are read again, to number its lines.
        var isBeforeStart = position.FileIndex == _start.FileIndex && position.Offset < _start.Offset;
        if (!isBeforeStart && position.FileIndex <= _lastFile)
        {
            _position = position;
        }
    }
}
