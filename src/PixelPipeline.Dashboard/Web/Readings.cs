using PixelPipeline.Dashboard.Snapshots;
using PixelPipeline.Dashboard.Views;

namespace PixelPipeline.Dashboard.Web;

/// <summary>A shared reading for each view that somebody looks at: the ones used last are kept.</summary>
/// <param name="make">Makes the reading of a view.</param>
internal sealed class Readings(Func<View, SharedReading<Edition>> make) : IDisposable
{
    private const int MostKept = 32;

    private readonly Lock _lock = new();
    private readonly LinkedList<Entry> _entries = new(); // the one used last at the end

    /// <summary>Takes part in the reading of a view until the lease is disposed.</summary>
    public Lease Take(View view)
    {
        lock (_lock)
        {
            var entry = _entries.FirstOrDefault(e => e.View.Equals(view)) ?? new Entry(view, make(view));
            _entries.Remove(entry);
            _entries.AddLast(entry);
            entry.Viewers++;
            if (_entries.Count > MostKept && _entries.FirstOrDefault(e => e.Viewers == 0) is { } oldest)
            {
                _entries.Remove(oldest);
                oldest.Reading.Dispose();
            }

            return new Lease(entry.Reading, () => Leave(entry));
        }
    }

    /// <summary>Gives up all readings under way.</summary>
    public void Dispose()
    {
        lock (_lock)
        {
            foreach (var entry in _entries)
            {
                entry.Reading.Dispose();
            }

            _entries.Clear();
        }
    }

    private void Leave(Entry entry)
    {
        lock (_lock)
        {
            entry.Viewers--;
        }
    }

    /// <summary>A viewer's part in a reading.</summary>
    public sealed class Lease(SharedReading<Edition> reading, Action leave) : IDisposable
    {
        /// <summary>The reading that all viewers of the view share.</summary>
        public SharedReading<Edition> Reading => reading;

        /// <inheritdoc/>
        public void Dispose() => leave();
    }

    private sealed class Entry(View view, SharedReading<Edition> reading)
    {
        public View View => view;

        public SharedReading<Edition> Reading => reading;

        public int Viewers { get; set; }
    }
}
