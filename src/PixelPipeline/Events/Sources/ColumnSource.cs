namespace PixelPipeline.Events.Sources;

/// <summary>
/// Fills one column from the log entry. A source is one file: its column's name and type, and what it reads. Whatever it
/// needs beside the entry, such as a key, comes by its constructor; <see cref="ColumnSources"/> lists them all.
/// </summary>
/// <param name="name">The column's name.</param>
/// <param name="type">The type that the column must have in a schema.</param>
internal abstract class ColumnSource(string name, ColumnType type = ColumnType.String)
{
    /// <summary>The column's name.</summary>
    public string Name { get; } = name;

    /// <summary>The type that the column must have in a schema.</summary>
    public ColumnType Type { get; } = type;

    /// <summary>True where every schema has to have the column: what repeats is told by it.</summary>
    public virtual bool IsNeeded => false;

    /// <summary>The column's value, of the types that <see cref="EventRow.Values"/> lists; null where the entry has none.</summary>
    /// <param name="facts">What there is to read.</param>
    public abstract object? Read(scoped ref EventFacts facts);
}
