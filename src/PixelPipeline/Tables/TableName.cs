namespace PixelPipeline.Tables;

/// <summary>A table by the name of its base table and, where it is an instance made from a template, its suffix.</summary>
/// <param name="Base">The base table's id, such as <c>pixel</c>.</param>
/// <param name="Suffix">Such as <c>_507f1f77bcf86cd799439011_20261120</c>; empty for the base table itself.</param>
public readonly record struct TableName(string Base, string Suffix = "")
{
    /// <summary>The table's id in its dataset; case-sensitive.</summary>
    public string Id => Base + Suffix;

    /// <summary>True for the base table and for what looks like its instances: <c>pixel</c> and <c>pixel_…</c>.</summary>
    /// <param name="id">The id of a table in the same dataset.</param>
    /// <param name="baseTable">Such as <c>pixel</c>.</param>
    public static bool IsEventTable(string id, string baseTable)
    {
        ArgumentNullException.ThrowIfNull(id);
        return id.StartsWith(baseTable, StringComparison.Ordinal) && (id.Length == baseTable.Length || id[baseTable.Length] == '_');
    }

    /// <summary>True for what looks like an instance of a base table: <c>pixel_…</c>.</summary>
    /// <param name="id">The id of a table in the same dataset.</param>
    /// <param name="baseTable">Such as <c>pixel</c>.</param>
    public static bool IsInstance(string id, string baseTable) => IsEventTable(id, baseTable) && id.Length > baseTable.Length;

    /// <summary>Same as <see cref="Id"/>.</summary>
    public override string ToString() => Id;
}
