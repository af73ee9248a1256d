namespace PixelPipeline.LocalBigQuery.Storage;

/// <summary>Rows by the value of one column: from <paramref name="Low"/> to before <paramref name="High"/>. NULL is in none.</summary>
/// <param name="Column">Where the value is in a row.</param>
/// <param name="Low">In the stored form.</param>
/// <param name="High">In the stored form.</param>
internal readonly record struct ColumnRange(int Column, object Low, object High)
{
    /// <summary>Where SQLite finds the value in a row.</summary>
    public string Path => FormattableString.Invariant($"$[{Column}]");
}
