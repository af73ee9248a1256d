namespace PixelPipeline.Privacy.Places;

/// <summary>Somewhere that data about people is kept: tables, a folder of raw entries, one log file, objects of a bucket.</summary>
public abstract class Place
{
    /// <summary>What people call it; the same in each run, and never with a user id in it.</summary>
    public abstract string Name { get; }

    /// <summary>What records are in, in the plural: <c>tables</c>, <c>partitions</c>, <c>files</c>.</summary>
    public abstract string Containers { get; }

    /// <summary>Counts what is held on a person. Changes nothing.</summary>
    /// <exception cref="PlaceException">The place cannot be searched; the message says what to mend.</exception>
    public abstract Task<Holding> SearchAsync(Person person, CancellationToken cancellationToken);

    /// <summary>Erases what is held on a person. Broken off at any place and called again, it goes on.</summary>
    /// <param name="person">Whose.</param>
    /// <param name="blanking">Takes note of lines before they are overwritten.</param>
    /// <param name="cancellationToken">Breaks it off.</param>
    /// <returns>What cannot be erased yet; null where all of it is.</returns>
    /// <exception cref="PlaceException">The place cannot be changed; the message says what to mend.</exception>
    public abstract Task<Remainder?> ForgetAsync(Person person, IBlankingJournal blanking, CancellationToken cancellationToken);

    /// <summary>Reads everything that is held on a person.</summary>
    /// <exception cref="PlaceException">The place cannot be read; the message says what to mend.</exception>
    public abstract IAsyncEnumerable<HeldRecord> ReadAsync(Person person, CancellationToken cancellationToken);
}
