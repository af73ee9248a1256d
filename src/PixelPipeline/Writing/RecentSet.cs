namespace PixelPipeline.Writing;

/// <summary>
/// Remembers what was added or asked for most recently, between one and two generations of it, and forgets the rest.
/// Safe for concurrent use.
/// </summary>
/// <typeparam name="T">What is remembered.</typeparam>
/// <param name="generationSize">How many make a generation; 50,000 names take some 10 MB.</param>
public sealed class RecentSet<T>(int generationSize)
{
    private readonly Lock _lock = new();
    private HashSet<T> _young = [];
    private HashSet<T> _old = [];

    /// <summary>Whether it is remembered; asking keeps it so.</summary>
    public bool Contains(T item)
    {
        lock (_lock)
        {
            return _young.Contains(item) || (_old.Contains(item) && AddYoung(item));
        }
    }

    /// <summary>Remembers.</summary>
    public void Add(T item)
    {
        lock (_lock)
        {
            AddYoung(item);
        }
    }

    /// <summary>Forgets at once.</summary>
    public void Remove(T item)
    {
        lock (_lock)
        {
            _young.Remove(item);
            _old.Remove(item);
        }
    }

    private bool AddYoung(T item)
    {
        if (_young.Count >= generationSize)
        {
            (_old, _young) = (_young, []);
        }

        return _young.Add(item);
    }
}
