namespace PixelPipeline.Tables;

/// <summary>A table by the name of its base table and, where it is an instance made from a template, its suffix.</summary>
/// <param name="Base">The base table's id, such as <c>pixel</c>.</param>
/// <param name="Suffix">Such as <c>_507f1f77bcf86cd799439011_20261120</c>; empty for the base table itself.</param>
public readonly record struct TableName(string Base, string Suffix = "")
{
    /// <summary>The table's id in its dataset; case-sensitive.</summary>
    public string Id => Base + Suffix;

    /// <summary>Same as <see cref="Id"/>.</summary>
    public override string ToString() => Id;
}
